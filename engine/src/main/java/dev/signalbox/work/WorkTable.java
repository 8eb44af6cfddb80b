package dev.signalbox.work;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.journal.CaseJson;
import dev.signalbox.journal.LedgerOrderJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code work}: small rows that live shortly. All instants are the database's own, so
 * that nodes with different clocks agree on who holds what.
 *
 * <p>{@code clock_timestamp()} is asked in a query of its own: as a plain condition it is evaluated
 * for every row, and no index bounds how many there are.
 */
public final class WorkTable {
  private static final String FINISH =
      """
      DELETE FROM work AS w
      USING unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS held (case_id, id, fence)
      WHERE w.case_id = held.case_id AND w.id = held.id AND w.fence = held.fence
      """;

  /** Bounds what an outage rewrites, however much waits. */
  private static final int SHOWN_HELD_MAX = 1_000;

  private WorkTable() {}

  /** Runs what follows from a commit's events, within it. */
  public static void run(Changes changes, List<Errand> errands) {
    var added = new ArrayList<WorkItem>();
    var cancelled = new ArrayList<UUID>();
    for (var errand : errands) {
      switch (errand) {
        case Errand.Add add -> added.add(add.item());
        case Errand.Cancel cancel -> {
          added.removeIf(
              item -> item.order() == null && item.exception().id().equals(cancel.caseId()));
          cancelled.add(cancel.caseId().value());
        }
        case Errand.Park park -> DeadLetterTable.park(changes, park);
        case Errand.ParkCase park -> DeadLetterTable.parkCase(changes, park);
        case Errand.Unpark unpark -> DeadLetterTable.settleCase(changes, unpark.caseId());
      }
    }
    if (!cancelled.isEmpty()) {
      changes.change(
          "DELETE FROM work WHERE case_id = ANY (?::uuid[]) AND ledger_order IS NULL",
          SqlArray.uuids(cancelled));
    }
    if (!added.isEmpty()) {
      add(changes, added);
    }
  }

  /**
   * What was a dead letter before goes on where it ended: its fence, so that no former lease fits,
   * and its doubt, so that the next attempt looks first; its former attempts do not count.
   */
  private static void add(Changes changes, List<WorkItem> items) {
    var ids = new ArrayList<UUID>();
    var cases = new ArrayList<UUID>();
    var targets = new ArrayList<String>();
    var queues = new ArrayList<@Nullable String>();
    var priorities = new ArrayList<Integer>();
    var parents = new ArrayList<@Nullable String>();
    var bodies = new ArrayList<byte[]>();
    var orders = new ArrayList<byte @Nullable []>();
    for (var item : items) {
      orders.add(item.order() == null ? null : LedgerOrderJson.write(item.order()));
      ids.add(item.dispatch().value());
      cases.add(item.exception().id().value());
      targets.add(item.target().value());
      queues.add(item.queue() == null ? null : item.queue().value());
      priorities.add(item.priority());
      parents.add(item.traceParent());
      bodies.add(CaseJson.write(item.exception()));
    }
    changes.change(
        """
        INSERT INTO work (case_id, id, target, queue, priority, trace_parent, body, ledger_order,
          fence, attempts, spared, unknown)
        SELECT new.*, past.attempts, past.attempts, past.attempts, past.attempts > 0 AND EXISTS (
            SELECT FROM work_attempt WHERE work_id = new.id AND outcome = 'UNKNOWN')
        FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::smallint[], ?::text[],
            ?::bytea[], ?::bytea[])
            AS new (case_id, id, target, queue, priority, trace_parent, body, ledger_order),
          LATERAL (SELECT coalesce(max(attempts), 0) AS attempts FROM dead_letter
            WHERE dispatch = new.id) AS past
        ON CONFLICT DO NOTHING
        """,
        SqlArray.uuids(cases),
        SqlArray.uuids(ids),
        SqlArray.texts(targets),
        SqlArray.texts(queues),
        SqlArray.ints(priorities),
        SqlArray.texts(parents),
        SqlArray.bytes(bodies),
        SqlArray.bytesOrNulls(orders));
  }

  /**
   * Leases work that is due, held or not, the graver and then the older first. Whoever else leases
   * at the same time gets other work. What is taken over from a lease that ended untold had an
   * attempt of unknown outcome, and that is written down.
   *
   * @param length after so long others may take it
   */
  public static List<LeasedWork> lease(Tx tx, TargetName target, int limit, Duration length) {
    var rows =
        tx.query(
            """
            WITH due AS (
              SELECT case_id, id, leased AS taken_over, clock_timestamp() - due_at AS overdue
              FROM work
              WHERE target = ? AND due_at <= (SELECT clock_timestamp())
              ORDER BY priority DESC, due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE work AS w
            SET fence = w.fence + 1, attempts = w.attempts + 1, leased = true,
              unknown = w.unknown OR w.leased,
              untold = CASE WHEN w.leased THEN w.untold + 1 ELSE 0 END, state = 'READY', held_reason = NULL,
              due_at = clock_timestamp() + ? * interval '1 millisecond'
            FROM due WHERE w.case_id = due.case_id AND w.id = due.id
            RETURNING w.case_id, w.id, w.fence, w.attempts, w.spared, w.target, w.queue, w.unknown,
              w.untold, w.trace_parent, w.body, w.ledger_order, due.taken_over,
              (extract(epoch FROM due.overdue) * 1000)::bigint AS overdue
            """,
            target.value(),
            limit,
            length.toMillis());
    AttemptTable.record(
        tx,
        rows.stream()
            .filter(row -> row.bool("taken_over"))
            .map(row -> untold(row, length))
            .toList());
    return rows.stream().map(WorkTable::leased).toList();
  }

  private static Lease untold(Row row, Duration length) {
    return new Lease(
            new CaseId(row.uuid("case_id")),
            new DispatchId(row.uuid("id")),
            row.int64("fence") - 1,
            row.int32("attempts") - 1,
            null)
        .ended(
            "UNKNOWN",
            "Its lease ended, and nobody told how the attempt did.",
            length.toMillis() + row.int64("overdue"));
  }

  private static LeasedWork leased(Row row) {
    var dispatch = new DispatchId(row.uuid("id"));
    var queue = row.textOrNull("queue");
    var order = row.bytesOrNull("ledger_order");
    return new LeasedWork(
        new Lease(
            new CaseId(row.uuid("case_id")),
            dispatch,
            row.int64("fence"),
            row.int32("attempts"),
            null),
        new WorkItem(
            dispatch,
            new TargetName(row.text("target")),
            queue == null ? null : new QueueName(queue),
            CaseJson.read(row.bytes("body")),
            row.textOrNull("trace_parent"),
            order == null ? null : LedgerOrderJson.read(order)),
        row.int32("attempts") - row.int32("spared"),
        row.bool("unknown"),
        row.int32("untold"));
  }

  /** Ends work under its leases; all of it, or others hold some by now. */
  public static void finishAll(Changes changes, List<Lease> leases) {
    changes.changeExactly(leases.size(), FINISH, held(leases));
  }

  /**
   * Ends work under its leases.
   *
   * @return the work that was still held; the rest belongs to others by now
   */
  public static Set<DispatchId> finish(Tx tx, List<Lease> leases) {
    var held = new HashSet<DispatchId>();
    var rows = tx.query(FINISH + " RETURNING w.id", held(leases));
    for (var row : rows) {
      held.add(new DispatchId(row.uuid("id")));
    }
    return held;
  }

  private static Object[] held(List<Lease> leases) {
    return new Object[] {
      SqlArray.uuids(leases.stream().map(lease -> lease.caseId().value()).toList()),
      SqlArray.uuids(leases.stream().map(lease -> lease.work().value()).toList()),
      SqlArray.longs(leases.stream().map(Lease::fence).toList())
    };
  }

  /**
   * Puts work back, once.
   *
   * @return false when the lease was lost, or the work is back already
   */
  public static boolean putBack(Tx tx, Lease lease, PutBack how) {
    return tx.update(
            """
            UPDATE work
            SET due_at = clock_timestamp() + ? * interval '1 millisecond', leased = false,
              unknown = unknown OR ?, spared = spared + ?, state = ?, held_reason = ?
            WHERE case_id = ? AND id = ? AND fence = ? AND leased
            """,
            how.delay().toMillis(),
            how.unknown(),
            how.counts() ? 0 : 1,
            how.held() == null ? "READY" : "HELD",
            how.held(),
            lease.caseId().value(),
            lease.work().value(),
            lease.fence())
        == 1;
  }

  /**
   * Shows what is due of a target as held, the gravest of it when there is much. It is for people:
   * any node may lease it all the same, since another may reach the target that this one cannot,
   * and this one may be gone.
   */
  public static int showHeld(Tx tx, TargetName target, String reason) {
    return tx.update(
        """
        WITH due AS (
          SELECT case_id, id FROM work
          WHERE target = ? AND state = 'READY' AND due_at <= (SELECT clock_timestamp())
          ORDER BY priority DESC, due_at LIMIT ? FOR UPDATE SKIP LOCKED)
        UPDATE work AS w SET state = 'HELD', held_reason = ?
        FROM due WHERE w.case_id = due.case_id AND w.id = due.id
        """,
        target.value(),
        SHOWN_HELD_MAX,
        reason);
  }

  /** Shows the work of a target as ready. */
  public static int showReady(Tx tx, TargetName target) {
    return tx.update(
        "UPDATE work SET state = 'READY', held_reason = NULL WHERE target = ? AND state = 'HELD'",
        target.value());
  }

  /** Shows the work of targets that are not configured as held; looks at every row. */
  public static int showUnconfigured(Tx tx, Set<TargetName> known) {
    return tx.update(
        """
        UPDATE work SET state = 'HELD', held_reason = 'The target is not configured.'
        WHERE state = 'READY' AND NOT target = ANY (?::text[])
        """,
        SqlArray.texts(known.stream().map(TargetName::value).toList()));
  }

  /** How long until the next work of a target is due; null when there is none. */
  public static @Nullable Duration untilNext(Tx tx, TargetName target) {
    var millis =
        tx.query(
                """
                SELECT (extract(epoch FROM min(next.due_at) - clock_timestamp()) * 1000)::bigint
                  AS wait
                FROM generate_series(0, ?) AS p (priority), LATERAL (
                  SELECT due_at FROM work WHERE target = ? AND priority = p.priority::smallint
                  ORDER BY due_at LIMIT 1) AS next
                """,
                WorkItem.PRIORITY_MAX,
                target.value())
            .getFirst()
            .int64OrNull("wait");
    return millis == null ? null : Duration.ofMillis(Math.max(0, millis));
  }

  /**
   * How much work waits.
   *
   * @param oldest the age of the oldest
   */
  public record Level(String target, String state, long count, Duration oldest) {}

  public static List<Level> levels(Tx tx) {
    return tx
        .query(
            """
            SELECT target, state, count(*) AS count,
              (extract(epoch FROM clock_timestamp() - min(created_at)) * 1000)::bigint AS oldest
            FROM work GROUP BY target, state
            """)
        .stream()
        .map(row ->
            new Level(
                row.text("target"),
                row.text("state"),
                row.int64("count"),
                Duration.ofMillis(row.int64("oldest"))))
        .toList();
  }
}
