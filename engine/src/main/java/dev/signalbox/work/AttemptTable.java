package dev.signalbox.work;

import dev.signalbox.db.Changes;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.DispatchId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table {@code work_attempt}: every attempt that was made, for those who ask why. */
public final class AttemptTable {

  private AttemptTable() {}

  /** One attempt, as it is shown. */
  public record Made(
      int attempt, Instant at, String outcome, @Nullable String detail, long tookMillis) {}

  /** Writes down how the attempts of these leases ended, where they were made. */
  public static void record(Changes changes, List<Lease> leases) {
    var ended = leases.stream().filter(lease -> lease.ended() != null).toList();
    if (ended.isEmpty()) {
      return;
    }
    var endings = ended.stream().map(Lease::ended).filter(Objects::nonNull).toList();
    changes.change(
        """
        INSERT INTO work_attempt (work_id, attempt, outcome, detail, took_millis)
        SELECT * FROM unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::bigint[])
        """,
        SqlArray.uuids(ended.stream().map(lease -> lease.work().value()).toList()),
        SqlArray.ints(ended.stream().map(Lease::attempt).toList()),
        SqlArray.texts(endings.stream().map(Lease.Ended::outcome).toList()),
        SqlArray.texts(endings.stream().map(Lease.Ended::detail).toList()),
        SqlArray.longs(endings.stream().map(Lease.Ended::tookMillis).toList()));
  }

  /** The attempts of one piece of work, in order. */
  public static List<Made> of(Tx tx, DispatchId work, int limit) {
    return tx
        .query(
            """
            SELECT attempt, at, outcome, detail, took_millis FROM work_attempt
            WHERE work_id = ? ORDER BY at LIMIT ?
            """,
            work.value(),
            limit)
        .stream()
        .map(row ->
            new Made(
                row.int32("attempt"),
                row.instant("at"),
                row.text("outcome"),
                row.textOrNull("detail"),
                row.int64("took_millis")))
        .toList();
  }
}
