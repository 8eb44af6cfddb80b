package dev.signalbox.review;

import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code approval_batch} and {@code approval_batch_item}. */
final class BatchTable {
  private BatchTable() {}

  static void insert(Tx tx, Batch batch) {
    tx.update(
        """
        INSERT INTO approval_batch (id, version, status, created_by, created_at)
        VALUES (?, ?, ?, ?, ?)
        """,
        batch.id(),
        batch.version(),
        batch.status().name(),
        batch.createdBy(),
        batch.createdAt());
    tx.update(
        """
        INSERT INTO approval_batch_item (batch, case_id, case_version)
        SELECT ?, id, version FROM unnest(?::uuid[], ?::bigint[]) AS new (id, version)
        """,
        batch.id(),
        SqlArray.uuids(batch.items().stream().map(item -> item.id().value()).toList()),
        SqlArray.longs(batch.items().stream().map(Batch.Item::version).toList()));
  }

  static @Nullable Batch find(Tx tx, UUID id) {
    var rows = tx.query("SELECT * FROM approval_batch WHERE id = ?", id);
    return rows.isEmpty() ? null : batch(tx, rows.getFirst());
  }

  /** The newest first. */
  static List<Batch> newest(Tx tx, int limit) {
    return tx
        .query("SELECT * FROM approval_batch ORDER BY created_at DESC, id LIMIT ?", limit)
        .stream()
        .map(row -> batch(tx, row))
        .toList();
  }

  private static Batch batch(Tx tx, Row row) {
    var items =
        tx.query(
            """
            SELECT case_id, case_version, excluded_by, excluded_why FROM approval_batch_item
            WHERE batch = ? ORDER BY case_id
            """,
            row.uuid("id"));
    return new Batch(
        row.uuid("id"),
        row.int64("version"),
        Batch.Status.valueOf(row.text("status")),
        row.text("created_by"),
        row.instant("created_at"),
        row.textOrNull("decided_by"),
        row.instantOrNull("decided_at"),
        row.textOrNull("note"),
        items.stream()
            .map(item ->
                new Batch.Item(
                    new CaseId(item.uuid("case_id")),
                    item.int64("case_version"),
                    item.textOrNull("excluded_by"),
                    item.textOrNull("excluded_why")))
            .toList());
  }

  /** Whether it was open at that version; it is the next one then, and nobody else's meanwhile. */
  static boolean advance(Tx tx, Batch seen) {
    return tx.update(
            """
            UPDATE approval_batch SET version = version + 1
            WHERE id = ? AND version = ? AND status = 'OPEN'
            """,
            seen.id(),
            seen.version())
        == 1;
  }

  static boolean decide(Tx tx, Batch seen, Batch.Status status, Decided decided) {
    return tx.update(
            """
            UPDATE approval_batch
            SET version = version + 1, status = ?, decided_by = ?, decided_at = ?, note = ?
            WHERE id = ? AND version = ? AND status = 'OPEN'
            """,
            status.name(),
            decided.by(),
            decided.at(),
            decided.note(),
            seen.id(),
            seen.version())
        == 1;
  }

  /** Who decided, and what that person said. */
  record Decided(String by, Instant at, @Nullable String note) {}

  static void exclude(Tx tx, UUID batch, List<CaseId> ids, String by, String why) {
    tx.update(
        """
        UPDATE approval_batch_item SET excluded_by = ?, excluded_why = ?
        WHERE batch = ? AND case_id = ANY (?::uuid[]) AND excluded_by IS NULL
        """,
        by,
        why,
        batch,
        SqlArray.uuids(ids.stream().map(CaseId::value).toList()));
  }
}
