package dev.signalbox.desk;

import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.CaseJson;
import dev.signalbox.journal.Corrupt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Compares {@code exception_case} with what it ought to hold. Every column is compared but {@code
 * trace_parent}, of which the journal knows the trace only.
 */
public final class CaseCheckTable {
  private static final List<String> COMPARED =
      List.of(
          "version",
          "journal_head",
          "status",
          "severity",
          "priority",
          "queue",
          "lane",
          "assignee",
          "context",
          "source",
          "due_at",
          "opened_at",
          "updated_at",
          "next_action",
          "next_action_at",
          "urgent_at",
          "body");

  private static final String DIFFERING =
      """
      SELECT id, columns, body
      FROM (
        SELECT c.id, c.body, array_remove(ARRAY[%s], NULL) AS columns
        FROM unnest(?::uuid[], ?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::int[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
          ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[], ?::bytea[],
          ?::timestamptz[])
          AS ought (id, version, journal_head, status, severity, priority, queue, lane, assignee,
            context, source, due_at, opened_at, updated_at, next_action, next_action_at,
            trace_parent, body, urgent_at)
        JOIN exception_case AS c USING (id)) AS compared
      WHERE cardinality(columns) > 0
      """
          .formatted(
              COMPARED.stream().map(CaseCheckTable::compared).collect(Collectors.joining(", ")));

  private CaseCheckTable() {}

  /** From here on the transaction sees one state of the database, and may change nothing. */
  public static void freeze(Tx tx) {
    tx.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }

  /** Ids in their order. */
  public static List<CaseId> ids(Tx tx, CaseId from, CaseId to, int limit) {
    return tx
        .query(
            "SELECT id FROM exception_case WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
            from.value(),
            to.value(),
            limit)
        .stream()
        .map(row -> new CaseId(row.uuid("id")))
        .toList();
  }

  /**
   * The columns that differ, by case; a case in which none does, or which is not there, is not in
   * the answer. A body that says the same in other bytes, as an earlier version may have written
   * it, does not differ.
   */
  public static Map<CaseId, List<String>> differing(Tx tx, List<StoredCase> ought) {
    var differing = new HashMap<CaseId, List<String>>();
    if (ought.isEmpty()) {
      return differing;
    }
    var states =
        ought.stream().collect(Collectors.toMap(stored -> stored.state().id(), StoredCase::state));
    for (var row : tx.query(DIFFERING, new CaseColumns(ought).forInsert())) {
      var id = new CaseId(row.uuid("id"));
      var columns = new ArrayList<>(row.texts("columns"));
      var state = states.get(id);
      if (state != null && saysTheSame(row.bytes("body"), state)) {
        columns.remove("body");
      }
      if (!columns.isEmpty()) {
        differing.put(id, columns);
      }
    }
    return differing;
  }

  /** The cases that wait to be handed to an outside system, and have no work that does it. */
  public static List<CaseId> withoutWork(Tx tx, List<ExceptionCase> states) {
    var cases = new ArrayList<UUID>();
    var dispatches = new ArrayList<UUID>();
    for (var state : states) {
      var pending = state.pending();
      if (pending != null && pending.deliveredAt() == null) {
        cases.add(state.id().value());
        dispatches.add(pending.id().value());
      }
    }
    if (cases.isEmpty()) {
      return List.of();
    }
    return tx
        .query(
            """
            SELECT case_id FROM unnest(?::uuid[], ?::uuid[]) AS ought (case_id, id)
            WHERE NOT EXISTS (
              SELECT 1 FROM work AS w WHERE w.case_id = ought.case_id AND w.id = ought.id)
            """,
            SqlArray.uuids(cases),
            SqlArray.uuids(dispatches))
        .stream()
        .map(row -> new CaseId(row.uuid("case_id")))
        .toList();
  }

  private static boolean saysTheSame(byte[] body, ExceptionCase state) {
    try {
      return CaseJson.read(body).equals(state);
    } catch (Corrupt e) {
      return false;
    }
  }

  /** Enum columns are compared as text, for that is how the right side comes. */
  private static String compared(String column) {
    var type = column.equals("status") || column.equals("severity") ? "::text" : "";
    return "CASE WHEN c.%1$s%2$s IS DISTINCT FROM ought.%1$s THEN '%1$s' END"
        .formatted(column, type);
  }
}
