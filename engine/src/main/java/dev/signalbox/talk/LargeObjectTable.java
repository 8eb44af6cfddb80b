package dev.signalbox.talk;

import dev.signalbox.db.Tx;
import java.util.UUID;

/** The large objects that the table {@code evidence_file} names. */
final class LargeObjectTable {

  private LargeObjectTable() {}

  /** Makes an empty one, in the place of what was there. */
  static void create(Tx tx, UUID id) {
    unlink(tx, id);
    tx.update("UPDATE evidence_file SET content = lo_create(0) WHERE id = ?", id);
  }

  /**
   * Writes a piece.
   *
   * @throws IllegalStateException when the file was swept meanwhile
   */
  static void put(Tx tx, UUID id, long offset, byte[] piece) {
    var written =
        tx.query("SELECT lo_put(content, ?, ?) FROM evidence_file WHERE id = ?", offset, piece, id);
    if (written.isEmpty()) {
      throw new IllegalStateException("The file " + id + " was swept while it was written.");
    }
  }

  static boolean exists(Tx tx, UUID id) {
    return !tx.query("SELECT id FROM evidence_file WHERE id = ? AND content IS NOT NULL", id)
        .isEmpty();
  }

  /** Reads a piece; empty beyond the end, or when there is no such file. */
  static byte[] get(Tx tx, UUID id, long offset, int length) {
    var rows =
        tx.query(
            "SELECT lo_get(content, ?, ?) AS piece FROM evidence_file"
                + " WHERE id = ? AND content IS NOT NULL",
            offset,
            length,
            id);
    return rows.isEmpty() ? new byte[0] : rows.getFirst().bytes("piece");
  }

  static void unlink(Tx tx, UUID id) {
    tx.query(
        """
        WITH had AS MATERIALIZED (
          SELECT id, content FROM evidence_file
          WHERE id = ? AND content IS NOT NULL FOR UPDATE),
        gone AS (
          UPDATE evidence_file AS f SET content = NULL FROM had WHERE f.id = had.id)
        SELECT lo_unlink(content) FROM had
        """,
        id);
  }
}
