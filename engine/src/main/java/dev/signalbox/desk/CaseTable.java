package dev.signalbox.desk;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.CaseJson;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code exception_case}: the state of every case, read and written in batches. */
public final class CaseTable {
  private static final String INSERT =
      """
      INSERT INTO exception_case (id, version, journal_head, status, severity, priority, queue,
        lane, assignee, context, source, due_at, opened_at, updated_at, next_action,
        next_action_at, trace_parent, body)
      SELECT id, version, head, status::case_status, severity::case_severity, priority, queue,
        lane, assignee, context, source, due_at, opened_at, updated_at, next_action,
        next_action_at, trace_parent, body
      FROM unnest(?::uuid[], ?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::int[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
        ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[], ?::bytea[])
        AS new (id, version, head, status, severity, priority, queue, lane, assignee, context,
          source, due_at, opened_at, updated_at, next_action, next_action_at, trace_parent, body)
      ON CONFLICT (id) DO NOTHING
      """;

  /** Locks first, by id: which row an update meets first is up to the planner, and two may meet. */
  private static final String UPDATE =
      """
      WITH mine AS MATERIALIZED (
        SELECT id FROM exception_case WHERE id = ANY (?::uuid[])
        ORDER BY id FOR NO KEY UPDATE)
      UPDATE exception_case AS c
      SET version = new.version, journal_head = new.head, status = new.status::case_status,
        severity = new.severity::case_severity, priority = new.priority, queue = new.queue,
        lane = new.lane, assignee = new.assignee, due_at = new.due_at,
        updated_at = new.updated_at, next_action = new.next_action,
        next_action_at = new.next_action_at, body = new.body
      FROM mine, unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[], ?::text[], ?::text[],
        ?::int[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[],
        ?::timestamptz[], ?::bytea[])
        AS new (id, seen, version, head, status, severity, priority, queue, lane, assignee, due_at,
          updated_at, next_action, next_action_at, body)
      WHERE c.id = mine.id AND c.id = new.id AND c.version = new.seen
      """;

  private CaseTable() {}

  /** The cases with these ids, as far as they exist. */
  public static Map<CaseId, StoredCase> find(Tx tx, Collection<CaseId> ids) {
    var rows =
        tx.query(
            "SELECT body, journal_head, trace_parent FROM exception_case WHERE id = ANY (?::uuid[])",
            SqlArray.uuids(ids.stream().map(CaseId::value).toList()));
    var found = HashMap.<CaseId, StoredCase>newHashMap(rows.size());
    for (var row : rows) {
      var stored = stored(row);
      found.put(stored.state().id(), stored);
    }
    return found;
  }

  /** The case with this id; null when there is none. */
  public static @Nullable StoredCase find(Tx tx, CaseId id) {
    return find(tx, List.of(id)).get(id);
  }

  static StoredCase stored(Row row) {
    return new StoredCase(
        CaseJson.read(row.bytes("body")),
        Sha256.of(row.bytes("journal_head")),
        row.textOrNull("trace_parent"));
  }

  /** Inserts new cases; all of them, or another writer was faster. */
  static void insert(Changes changes, List<StoredCase> cases) {
    changes.changeExactly(cases.size(), INSERT, new CaseColumns(cases).forInsert());
  }

  /**
   * Replaces cases that still have the version they were read at; all of them, or another writer
   * was faster.
   */
  static void update(Changes changes, List<Long> seen, List<StoredCase> cases) {
    changes.changeExactly(cases.size(), UPDATE, new CaseColumns(cases).forUpdate(seen));
  }

  /** How many exceptions a source opened in a context since an instant; counts to a bound only. */
  static int openedSince(Tx tx, String context, String source, Instant since, int bound) {
    return tx.query(
            """
            SELECT count(*)::int AS opened FROM (
              SELECT 1 FROM exception_case
              WHERE context = ? AND source = ? AND opened_at > ? LIMIT ?) AS some
            """,
            context,
            source,
            since,
            bound)
        .getFirst()
        .int32("opened");
  }
}
