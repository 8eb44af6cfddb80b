package dev.signalbox.journal;

import dev.signalbox.db.Changes;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table {@code subject_key}: the subjects' keys, wrapped; null once destroyed. */
final class SubjectKeyTable {

  private SubjectKeyTable() {}

  /** Two nodes may try at once; one key wins, and both use it. */
  static void addMissing(Tx tx, Map<Subject, byte[]> wrapped) {
    var subjects = new ArrayList<byte[]>();
    var keys = new ArrayList<byte[]>();
    // In one order for all writers, so that they do not lock each other out.
    var ordered = new TreeMap<String, byte[]>();
    wrapped.forEach((subject, key) -> ordered.put(subject.hex(), key));
    ordered.forEach((hex, key) -> {
      subjects.add(new Subject(hex).bytes());
      keys.add(key);
    });
    tx.update(
        """
        INSERT INTO subject_key (subject, wrapped_key)
        SELECT * FROM unnest(?::bytea[], ?::bytea[])
        ON CONFLICT (subject) DO NOTHING
        """,
        SqlArray.bytes(subjects),
        SqlArray.bytes(keys));
  }

  /** Destroys keys: what they seal can never be read again. */
  static void destroy(Changes changes, Collection<Subject> subjects) {
    changes.change(
        "SELECT destroy_subject_keys(?::bytea[])",
        SqlArray.bytes(subjects.stream().map(Subject::bytes).toList()));
  }

  /** The keys there are; a destroyed one is not among them. */
  static Map<Subject, byte[]> find(Tx tx, Collection<Subject> subjects) {
    var found = new HashMap<Subject, byte[]>();
    remembered(tx, subjects)
        .forEach((subject, wrapped) -> {
          if (wrapped != null) {
            found.put(subject, wrapped);
          }
        });
    return found;
  }

  /** All that is known of subjects; null for a key that was destroyed. */
  static Map<Subject, byte @Nullable []> remembered(Tx tx, Collection<Subject> subjects) {
    var remembered = new HashMap<Subject, byte @Nullable []>();
    var rows =
        tx.query(
            "SELECT subject, wrapped_key FROM subject_key WHERE subject = ANY (?::bytea[])",
            SqlArray.bytes(subjects.stream().map(Subject::bytes).toList()));
    for (var row : rows) {
      remembered.put(Subject.of(row.bytes("subject")), row.bytesOrNull("wrapped_key"));
    }
    return remembered;
  }
}
