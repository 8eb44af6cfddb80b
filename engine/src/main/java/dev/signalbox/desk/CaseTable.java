package dev.signalbox.desk;

import static java.util.Objects.requireNonNull;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.journal.CaseJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code exception_case}: the state of every case, read and written in batches. */
public final class CaseTable {
  private static final String INSERT =
      """
      INSERT INTO exception_case (id, version, journal_head, status, severity, priority, queue,
        lane, assignee, context, source, due_at, opened_at, updated_at, next_action,
        next_action_at, trace_parent, body, urgent_at)
      SELECT id, version, head, status::case_status, severity::case_severity, priority, queue,
        lane, assignee, context, source, due_at, opened_at, updated_at, next_action,
        next_action_at, trace_parent, body, urgent_at
      FROM unnest(?::uuid[], ?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::int[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
        ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[], ?::bytea[], ?::timestamptz[])
        AS new (id, version, head, status, severity, priority, queue, lane, assignee, context,
          source, due_at, opened_at, updated_at, next_action, next_action_at, trace_parent, body, urgent_at)
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
        next_action_at = new.next_action_at, body = new.body, urgent_at = new.urgent_at
      FROM mine, unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[], ?::text[], ?::text[],
        ?::int[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[],
        ?::timestamptz[], ?::bytea[], ?::timestamptz[])
        AS new (id, seen, version, head, status, severity, priority, queue, lane, assignee, due_at,
          updated_at, next_action, next_action_at, body, urgent_at)
      WHERE c.id = mine.id AND c.id = new.id AND c.version = new.seen
      """;

  /**
   * The planner knows nothing of what is in a body, and takes each condition on it to let nearly
   * nothing through; then it would read and sort the whole queue. Of a CASE it expects a half, so
   * it goes along the index and stops at the first that fits.
   */
  private static final String NEXT =
      """
      SELECT c.body, c.journal_head, c.trace_parent
      FROM (SELECT ?::text AS queue, ?::text[] AS contexts, ?::uuid[] AS passed, ?::text AS name,
          ?::text[] AS roles, ?::text[] AS skills, ?::numeric AS amount) AS his,
        exception_case AS c,
        LATERAL (SELECT convert_from(c.body, 'UTF8')::jsonb AS body) AS said
      WHERE c.queue = his.queue AND %s AND CASE WHEN
        said.body #> '{standing,pause}' IS NULL
        AND (his.contexts IS NULL OR c.context = ANY (his.contexts))
        AND c.id <> ALL (his.passed)
        %s
        THEN true ELSE false END
      ORDER BY c.urgent_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED
      """;

  /** What a reviewer must have, in the words of the body. */
  private static final String FITS =
      """

        AND coalesce(said.body #>> '{route,requiredRole}', '') = ANY (his.roles || '{""}')
        AND coalesce(said.body #>> '{route,skill}', '') = ANY (his.skills || '{""}')
        AND (his.amount IS NULL
          OR (said.body #>> '{classification,materiality}')::numeric <= his.amount)
      """;

  private static final String NEXT_UNHELD =
      NEXT.formatted("c.status IN ('OPEN', 'ESCALATED')", FITS);

  private static final String NEXT_ASSIGNED =
      NEXT.formatted(
          "c.status IN ('ASSIGNED', 'UNDER_REVIEW') AND c.status = 'ASSIGNED'"
              + " AND c.assignee = his.name",
          FITS);

  /** An approval is missing that he can give, and he neither proposed nor approved it. */
  private static final String NEXT_PROPOSED =
      NEXT.formatted(
          "c.status = 'PENDING_APPROVAL'",
          """
            AND said.body -> 'claim' IS NULL
            AND said.body #>> '{proposal,by}' <> his.name
            AND EXISTS (
              SELECT FROM jsonb_array_elements(said.body #> '{proposal,approvals}') AS needed
              WHERE needed ->> 'role' = ANY (his.roles) AND NOT EXISTS (
                SELECT FROM jsonb_array_elements(said.body #> '{proposal,given}') AS given
                WHERE given ->> 'role' = needed ->> 'role'))
            AND NOT EXISTS (
              SELECT FROM jsonb_array_elements(said.body #> '{proposal,given}') AS given
              WHERE given ->> 'by' = his.name)
          """);

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

  /**
   * What somebody wants next from a queue.
   *
   * @param sight of contexts; the queue was compared already
   * @param approving whether to approve something, rather than to work on it
   */
  public record Wanted(QueueName queue, Reviewer by, Sight sight, boolean approving) {}

  /**
   * The most urgent case on a queue that somebody may take and nobody is just taking, locked until
   * the transaction ends; null when there is none. What is assigned to him by name counts as well.
   *
   * @param passed those that turned out to be not for him
   */
  static @Nullable StoredCase next(Tx tx, Wanted wanted, Set<CaseId> passed) {
    if (wanted.approving()) {
      return first(tx, NEXT_PROPOSED, wanted, passed);
    }
    var assigned = first(tx, NEXT_ASSIGNED, wanted, passed);
    var unheld = first(tx, NEXT_UNHELD, wanted, passed);
    if (assigned == null || unheld == null) {
      return assigned == null ? unheld : assigned;
    }
    return requireNonNull(unheld.state().urgentAt())
            .isBefore(requireNonNull(assigned.state().urgentAt()))
        ? unheld
        : assigned;
  }

  private static @Nullable StoredCase first(
      Tx tx, String query, Wanted wanted, Set<CaseId> passed) {
    var by = wanted.by();
    var contexts = wanted.sight().contexts();
    var limit = by.competence().limit();
    var rows =
        tx.query(
            query,
            wanted.queue().value(),
            contexts == null ? null : SqlArray.texts(contexts),
            SqlArray.uuids(passed.stream().map(CaseId::value).toList()),
            by.name(),
            SqlArray.texts(by.roles()),
            SqlArray.texts(List.copyOf(by.competence().skills())),
            limit);
    return rows.isEmpty() ? null : stored(rows.getFirst());
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
}
