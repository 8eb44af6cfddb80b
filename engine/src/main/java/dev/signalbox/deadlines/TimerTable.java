package dev.signalbox.deadlines;

import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Timer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timers of the cases: two columns of {@code exception_case} and their partial index. */
final class TimerTable {

  /** A timer that has gone off. */
  record Due(CaseId id, Timer.Action action, @Nullable String traceParent) {}

  private TimerTable() {}

  /** What has gone off, in the order of the instants, but for some exceptions. */
  static List<Due> due(Tx tx, Instant now, Collection<CaseId> but, int bound) {
    return tx
        .query(
            """
            SELECT id, next_action, trace_parent FROM exception_case
            WHERE next_action_at <= ? AND id <> ALL (?::uuid[])
            ORDER BY next_action_at LIMIT ?
            """,
            now,
            uuids(but),
            bound)
        .stream()
        .map(row ->
            new Due(
                new CaseId(row.uuid("id")),
                Timer.Action.valueOf(row.text("next_action")),
                row.textOrNull("trace_parent")))
        .toList();
  }

  /** When the next timer goes off, but for some exceptions; null when none is set. */
  static @Nullable Instant next(Tx tx, Collection<CaseId> but) {
    return tx.query(
            """
            SELECT min(next_action_at) AS next FROM exception_case WHERE id <> ALL (?::uuid[])
            """,
            uuids(but))
        .getFirst()
        .instantOrNull("next");
  }

  private static SqlArray uuids(Collection<CaseId> ids) {
    return SqlArray.uuids(ids.stream().map(CaseId::value).toList());
  }
}
