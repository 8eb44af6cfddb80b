package dev.signalbox.ops.demo;

import dev.signalbox.db.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the story comes to: counts over {@code exception_case}, {@code journal} and {@code work}.
 */
final class StoryTable {

  private StoryTable() {}

  static Map<String, Long> bySeverity(Tx tx) {
    return counts(
        tx,
        "SELECT severity::text AS name, count(*) AS count FROM exception_case"
            + " GROUP BY severity ORDER BY severity DESC");
  }

  static Map<String, Long> byQueueAndLane(Tx tx) {
    return counts(
        tx,
        "SELECT coalesce(queue, 'none') || ' / ' || coalesce(lane, 'none') AS name,"
            + " count(*) AS count FROM exception_case GROUP BY 1 ORDER BY 2 DESC");
  }

  static Map<String, Long> byStatus(Tx tx) {
    return counts(
        tx,
        "SELECT status::text AS name, count(*) AS count FROM exception_case"
            + " GROUP BY status ORDER BY status");
  }

  static Map<String, Long> attempts(Tx tx) {
    return counts(
        tx,
        "SELECT outcome AS name, count(*) AS count FROM work_attempt GROUP BY outcome ORDER BY 1");
  }

  /** How many events of a type there are. */
  static Map<String, Long> events(Tx tx) {
    return counts(
        tx, "SELECT type AS name, count(*) AS count FROM journal GROUP BY type ORDER BY 1");
  }

  static long waitingWork(Tx tx) {
    return tx.query("SELECT count(*) AS count FROM work").getFirst().int64("count");
  }

  static long deadLetters(Tx tx) {
    return tx.query("SELECT count(*) AS count FROM dead_letter").getFirst().int64("count");
  }

  /** One that went outside and was answered, whose explanation is worth a look. */
  static @Nullable UUID worthALook(Tx tx) {
    var rows =
        tx.query(
            """
            SELECT id FROM exception_case
            ORDER BY (status = 'RESOLVED') DESC, severity DESC, id LIMIT 1
            """);
    return rows.isEmpty() ? null : rows.getFirst().uuid("id");
  }

  /** One that waits for an analyst. */
  static @Nullable UUID waiting(Tx tx) {
    var rows =
        tx.query(
            """
            SELECT id FROM exception_case WHERE status = 'OPEN' AND queue = 'junior'
            ORDER BY due_at, id LIMIT 1
            """);
    return rows.isEmpty() ? null : rows.getFirst().uuid("id");
  }

  private static Map<String, Long> counts(Tx tx, String sql) {
    var counts = new LinkedHashMap<String, Long>();
    tx.query(sql).forEach(row -> counts.put(row.text("name"), row.int64("count")));
    return counts;
  }
}
