package dev.signalbox.deadlines;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Timer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timers of the cases: two columns of {@code exception_case} and their partial index. */
final class TimerTable {

  /** A timer that has gone off. */
  record Due(CaseId id, Timer.Action action, @Nullable String traceParent) {}

  private TimerTable() {}

  static List<Due> due(Tx tx, Instant now, int bound) {
    return tx
        .query(
            """
            SELECT id, next_action, trace_parent FROM exception_case
            WHERE next_action_at <= ? ORDER BY next_action_at LIMIT ?
            """,
            now,
            bound)
        .stream()
        .map(row ->
            new Due(
                new CaseId(row.uuid("id")),
                Timer.Action.valueOf(row.text("next_action")),
                row.textOrNull("trace_parent")))
        .toList();
  }

  /** When the next timer goes off; null when none is set. */
  static @Nullable Instant next(Tx tx) {
    return tx.query("SELECT min(next_action_at) AS next FROM exception_case")
        .getFirst()
        .instantOrNull("next");
  }
}
