package dev.signalbox.talk;

import dev.signalbox.db.Changes;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code evidence_file}, and the large objects it names: written and read piece by piece,
 * each in a transaction of its own, so that a slow caller holds none.
 */
public final class FileTable {

  private FileTable() {}

  /** Begins a file that belongs to nothing yet. */
  public static void begin(Tx tx, UUID id, Instant now) {
    tx.update(
        """
        WITH made AS MATERIALIZED (SELECT lo_create(0) AS content)
        INSERT INTO evidence_file (id, content, begun_at) SELECT ?, content, ? FROM made
        """,
        id,
        now);
  }

  /**
   * Writes a piece of a file.
   *
   * @throws IllegalStateException when the file was swept meanwhile
   */
  public static void put(Tx tx, UUID id, long offset, byte[] piece) {
    var written =
        tx.query("SELECT lo_put(content, ?, ?) FROM evidence_file WHERE id = ?", offset, piece, id);
    if (written.isEmpty()) {
      throw new IllegalStateException("The file " + id + " was swept while it was written.");
    }
  }

  /** Reads a piece of a file; empty beyond its end, or when there is no such file. */
  public static byte[] get(Tx tx, UUID id, long offset, int length) {
    var rows =
        tx.query(
            "SELECT lo_get(content, ?, ?) AS piece FROM evidence_file WHERE id = ?",
            offset,
            length,
            id);
    return rows.isEmpty() ? new byte[0] : rows.getFirst().bytes("piece");
  }

  /** Files that an event speaks of are kept. */
  static void attach(Changes changes, List<UUID> ids) {
    changes.changeExactly(
        ids.size(),
        "UPDATE evidence_file SET attached = true WHERE id = ANY (?::uuid[]) AND NOT attached",
        SqlArray.uuids(ids));
  }

  /** Removes a file that belongs to nothing. */
  public static void drop(Tx tx, UUID id) {
    tx.query(
        """
        WITH gone AS (DELETE FROM evidence_file WHERE id = ? AND NOT attached RETURNING content)
        SELECT lo_unlink(content) FROM gone
        """,
        id);
  }

  /**
   * Removes files that belong to nothing and were begun before an instant.
   *
   * @return how many, at most the bound
   */
  public static int sweep(Tx tx, Instant before, int bound) {
    return tx.query(
            """
            WITH loose AS (
              SELECT id FROM evidence_file WHERE NOT attached AND begun_at < ?
              ORDER BY begun_at LIMIT ? FOR UPDATE SKIP LOCKED),
            gone AS (
              DELETE FROM evidence_file AS f USING loose WHERE f.id = loose.id RETURNING f.content)
            SELECT lo_unlink(content) FROM gone
            """,
            before,
            bound)
        .size();
  }
}
