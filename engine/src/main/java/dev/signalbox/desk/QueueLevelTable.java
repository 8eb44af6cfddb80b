package dev.signalbox.desk;

import dev.signalbox.db.Tx;
import java.time.Duration;
import java.util.List;

/** How full the queues are, from {@code exception_case}. */
public final class QueueLevelTable {

  private QueueLevelTable() {}

  /**
   * A queue.
   *
   * @param open how many exceptions wait on it
   * @param oldest the age of the oldest of them
   */
  public record Level(String queue, long open, Duration oldest) {}

  public static List<Level> levels(Tx tx) {
    return tx
        .query(
            """
            SELECT coalesce(queue, 'none') AS queue, count(*) AS open,
              (extract(epoch FROM clock_timestamp() - min(opened_at)))::bigint AS oldest
            FROM exception_case WHERE status <> 'RESOLVED' GROUP BY queue
            """)
        .stream()
        .map(row ->
            new Level(
                row.text("queue"),
                row.int64("open"),
                Duration.ofSeconds(Math.max(0, row.int64("oldest")))))
        .toList();
  }
}
