package dev.signalbox.talk;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.journal.Subject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code evidence_file}: where files lie, and whether they belong to anything. */
final class FileTable {

  private FileTable() {}

  /**
   * Where a file lies.
   *
   * @param store the store's name
   * @param place where in the store
   * @param subject whose key it takes beside its own; null when it is not sealed, as the first were
   */
  record Lying(UUID id, String store, String place, @Nullable Subject subject) {
    private static Lying of(Row row) {
      var place = row.textOrNull("place");
      var id = row.uuid("id");
      var subject = row.textOrNull("subject");
      return new Lying(
          id,
          row.text("store"),
          place == null ? id.toString() : place,
          subject == null ? null : new Subject(subject));
    }
  }

  /** Begins a file that belongs to nothing yet. */
  static void begin(Tx tx, Lying file, Instant now) {
    tx.update(
        "INSERT INTO evidence_file (id, store, place, subject, begun_at) VALUES (?, ?, ?, ?, ?)",
        file.id(),
        file.store(),
        file.place(),
        file.subject() == null ? null : file.subject().hex(),
        now);
  }

  static @Nullable Lying find(Tx tx, UUID id) {
    var rows = tx.query("SELECT id, store, place, subject FROM evidence_file WHERE id = ?", id);
    return rows.isEmpty() ? null : Lying.of(rows.getFirst());
  }

  /** Files that an event speaks of are kept. */
  static void attach(Changes changes, List<UUID> ids) {
    changes.changeExactly(
        ids.size(),
        """
        UPDATE evidence_file SET attached = true
        WHERE id = ANY (?::uuid[]) AND NOT attached AND NOT leaving
        """,
        SqlArray.uuids(ids));
  }

  /** Says that a file leaves, when it belongs to nothing. */
  static void dismiss(Tx tx, UUID id) {
    tx.update("UPDATE evidence_file SET leaving = true WHERE id = ? AND NOT attached", id);
  }

  /** A file that leaves; null when it does not. */
  static @Nullable Lying leaving(Tx tx, UUID id) {
    var rows =
        tx.query(
            "SELECT id, store, place, subject FROM evidence_file WHERE id = ? AND leaving", id);
    return rows.isEmpty() ? null : Lying.of(rows.getFirst());
  }

  /** Files that an event speaks of for the last time leave. */
  static void dismiss(Changes changes, List<UUID> ids) {
    changes.change(
        "UPDATE evidence_file SET leaving = true WHERE id = ANY (?::uuid[])", SqlArray.uuids(ids));
  }

  /** The same of files that were begun before an instant. */
  static void dismissLoose(Tx tx, Instant before, int bound) {
    tx.update(
        """
        WITH loose AS (
          SELECT id FROM evidence_file WHERE NOT attached AND NOT leaving AND begun_at < ?
          ORDER BY begun_at LIMIT ? FOR UPDATE SKIP LOCKED)
        UPDATE evidence_file AS f SET leaving = true FROM loose WHERE f.id = loose.id
        """,
        before,
        bound);
  }

  /** Files whose bytes are to be removed from some stores. */
  static List<Lying> leaving(Tx tx, List<String> stores, int bound) {
    return tx
        .query(
            """
            SELECT id, store, place, subject FROM evidence_file
            WHERE leaving AND store = ANY (?::text[]) ORDER BY id LIMIT ?
            """,
            SqlArray.texts(stores),
            bound)
        .stream()
        .map(Lying::of)
        .toList();
  }

  /** Forgets a file whose bytes are removed. */
  static void forget(Tx tx, UUID id) {
    tx.update("DELETE FROM evidence_file WHERE id = ? AND leaving", id);
  }
}
