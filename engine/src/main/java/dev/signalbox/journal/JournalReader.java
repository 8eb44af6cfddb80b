package dev.signalbox.journal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.SecretKey;

/** Reads rows back as events, opening what is sealed as far as its key still exists. */
public final class JournalReader {
  /** Stands where a name was that has been erased. */
  public static final String ERASED = "[erased]";

  private final SubjectKeys keys;

  public JournalReader(SubjectKeys keys) {
    this.keys = keys;
  }

  /**
   * The events of rows, in the same order.
   *
   * @throws Corrupt when a row cannot be read, or a seal does not open with its key
   */
  public List<JournalEntry> read(List<JournalRow> rows) {
    var opening = keys.forOpening(subjects(rows));
    return rows.stream().map(row -> entry(row, opening)).toList();
  }

  /**
   * As {@link #read}, and whether what was sealed of an event is gone with its key.
   *
   * @throws Corrupt when a row cannot be read, or a seal does not open with its key
   */
  public List<Inspection.Sound> recall(List<JournalRow> rows) {
    var opening = keys.forOpening(subjects(rows));
    return rows.stream()
        .map(row ->
            new Inspection.Sound(
                entry(row, opening), row.isSealed() && !opening.containsKey(row.subject())))
        .toList();
  }

  /** Who looks at the same rows and trusts none of them. */
  public JournalInspector inspector() {
    return new JournalInspector(keys.master());
  }

  private static Set<Subject> subjects(List<JournalRow> rows) {
    var subjects = new HashSet<Subject>();
    rows.stream().map(JournalRow::subject).filter(Objects::nonNull).forEach(subjects::add);
    return subjects;
  }

  private static JournalEntry entry(JournalRow row, Map<Subject, SecretKey> opening) {
    return EventReading.read(In.of(row.facts()), personal(row, opening));
  }

  private static In personal(JournalRow row, Map<Subject, SecretKey> opening) {
    var sealed = row.sealed();
    var key = row.subject() == null ? null : opening.get(row.subject());
    return sealed == null || key == null
        ? In.empty()
        : In.of(Seal.open(key, sealed, Journal.context(row.caseId(), row.seq())));
  }
}
