package dev.signalbox.audit;

import dev.signalbox.db.Row;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.JournalRow;
import dev.signalbox.journal.JournalTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads {@code exception_case} beside {@code journal}, page by page, each page of one instant. */
final class AuditTable {
  private static final UUID LEAST = new UUID(0, 0);
  private static final List<String> TEXTS =
      List.of("version", "status", "severity", "queue", "lane", "assignee", "context", "source");

  private AuditTable() {}

  /** The records after one that was seen, in the order of their ids. */
  static List<StoredRecord> page(Tx tx, @Nullable CaseId after, int limit) {
    var rows =
        tx.query(
            "SELECT c.id AS c_id, c.version::text AS version, c.status::text AS status,"
                + " c.severity::text AS severity, c.queue, c.lane, c.assignee, c.context, c.source,"
                + " c.journal_head, c.body, "
                + JournalTable.COLUMNS
                + """
                 FROM (SELECT * FROM exception_case WHERE id > ? ORDER BY id LIMIT ?) AS c
                LEFT JOIN journal AS j ON j.case_id = c.id ORDER BY c.id, j.seq
                """,
            after == null ? LEAST : after.value(),
            limit);
    var records = new ArrayList<StoredRecord>();
    for (var row : rows) {
      var id = new CaseId(row.uuid("c_id"));
      if (records.isEmpty() || !records.getLast().id.equals(id)) {
        records.add(record(id, row));
      }
      if (row.uuidOrNull("case_id") != null) {
        records.getLast().rows.add(JournalTable.row(row));
      }
    }
    return records;
  }

  private static StoredRecord record(CaseId id, Row row) {
    Map<String, @Nullable String> columns = new LinkedHashMap<>();
    TEXTS.forEach(column -> columns.put(column, row.textOrNull(column)));
    return new StoredRecord(
        id,
        Sha256.of(row.bytes("journal_head")),
        row.bytes("body"),
        columns,
        new ArrayList<JournalRow>());
  }

  /** Journals without a case, at most so many. */
  static List<CaseId> orphans(Tx tx, int limit) {
    return tx
        .query(
            """
            SELECT DISTINCT j.case_id FROM journal AS j
            WHERE NOT EXISTS (SELECT 1 FROM exception_case AS c WHERE c.id = j.case_id)
            ORDER BY j.case_id LIMIT ?
            """,
            limit)
        .stream()
        .map(row -> new CaseId(row.uuid("case_id")))
        .toList();
  }
}
