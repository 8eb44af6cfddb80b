package dev.signalbox.journal;

import dev.signalbox.db.Tx;
import dev.signalbox.journal.Inspection.Flawed;
import dev.signalbox.journal.Inspection.Sound;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Looks at rows of the journal one by one, by what the database holds now: keys that are remembered
 * elsewhere are not asked.
 */
public final class JournalInspector {
  private final MasterKey master;

  JournalInspector(MasterKey master) {
    this.master = master;
  }

  /**
   * What is found, row by row in the same order. Whether they follow each other is not looked at.
   */
  public List<Inspection> inspect(Tx tx, List<JournalRow> rows) {
    var subjects = new HashSet<Subject>();
    rows.stream().map(JournalRow::subject).filter(Objects::nonNull).forEach(subjects::add);
    rows.stream()
        .filter(JournalRow::hasOwnKey)
        .map(row -> master.words(row.caseId(), row.seq()))
        .forEach(subjects::add);
    var keys = new Keys(subjects.isEmpty() ? Map.of() : SubjectKeyTable.remembered(tx, subjects));
    return rows.stream().map(row -> inspected(row, keys)).toList();
  }

  private Inspection inspected(JournalRow row, Keys keys) {
    if (!row.isIntact()) {
      return new Flawed("The row's hash is not that of its bytes.");
    }
    try {
      var personal = Journal.open(row, master, keys::of);
      var entry =
          EventReading.read(In.of(row.facts()), personal == null ? In.empty() : In.of(personal));
      var differing = differing(row, entry);
      return differing == null
          ? new Sound(entry, row.isSealed() && personal == null)
          : new Flawed("The row's column \"" + differing + "\" is not that of its bytes.");
    } catch (Corrupt e) {
      return new Flawed("The row cannot be read: " + e.getMessage());
    }
  }

  /** The columns beside the bytes are copies, for finding rows. */
  private static @Nullable String differing(JournalRow row, JournalEntry entry) {
    if (!row.caseId().equals(entry.caseId())) {
      return "case_id";
    }
    if (row.seq() != entry.seq()) {
      return "seq";
    }
    if (!row.at().equals(entry.at())) {
      return "at";
    }
    return row.type().equals(EventJson.type(entry.event())) ? null : "type";
  }

  /** The keys of some rows, each unwrapped once. */
  private final class Keys {
    private final Map<Subject, byte @Nullable []> stored;
    private final Map<Subject, SecretKey> unwrapped = new HashMap<>();

    Keys(Map<Subject, byte @Nullable []> stored) {
      this.stored = stored;
    }

    /** The key; null when it was destroyed. */
    @Nullable SecretKey of(Subject subject) {
      if (!stored.containsKey(subject)) {
        throw new Corrupt("The key of its subject is missing, and was never destroyed.", null);
      }
      var wrapped = stored.get(subject);
      return wrapped == null
          ? null
          : unwrapped.computeIfAbsent(subject, absent -> unwrap(absent, wrapped));
    }

    private SecretKey unwrap(Subject subject, byte[] wrapped) {
      try {
        return new SecretKeySpec(Seal.open(master.wrapping(), wrapped, subject.bytes()), "AES");
      } catch (Corrupt e) {
        throw new Corrupt(
            "The key of its subject does not open. Maybe the master key is another one.", e);
      }
    }
  }
}
