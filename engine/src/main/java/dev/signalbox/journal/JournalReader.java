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
    var opening = opening(rows);
    return rows.stream().map(row -> recalled(row, opening).entry()).toList();
  }

  /**
   * As {@link #read}, and whether what was sealed of an event is gone with its key.
   *
   * @throws Corrupt when a row cannot be read, or a seal does not open with its key
   */
  public List<Inspection.Sound> recall(List<JournalRow> rows) {
    var opening = opening(rows);
    return rows.stream().map(row -> recalled(row, opening)).toList();
  }

  /** Who looks at the same rows and trusts none of them. */
  public JournalInspector inspector() {
    return new JournalInspector(keys.master());
  }

  private Map<Subject, SecretKey> opening(List<JournalRow> rows) {
    var opening = keys.forOpening(subjects(rows));
    opening.putAll(keys.forOpeningOnce(words(rows)));
    return opening;
  }

  private static Set<Subject> subjects(List<JournalRow> rows) {
    var subjects = new HashSet<Subject>();
    rows.stream().map(JournalRow::subject).filter(Objects::nonNull).forEach(subjects::add);
    return subjects;
  }

  private List<Subject> words(List<JournalRow> rows) {
    return rows.stream()
        .filter(JournalRow::hasOwnKey)
        .map(row -> keys.master().words(row.caseId(), row.seq()))
        .toList();
  }

  private Inspection.Sound recalled(JournalRow row, Map<Subject, SecretKey> opening) {
    var personal = Journal.open(row, keys.master(), opening::get);
    var entry =
        EventReading.read(In.of(row.facts()), personal == null ? In.empty() : In.of(personal));
    return new Inspection.Sound(entry, row.isSealed() && personal == null);
  }
}
