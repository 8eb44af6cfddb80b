package dev.signalbox.audit;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import java.time.Instant;

/** The table {@code auditor}: how far the present lap is, and what it and the last one found. */
final class AuditorTable {
  /** That it is many is enough to know. */
  static final int LATE_MAX = 10_000;

  private AuditorTable() {}

  /**
   * Where the auditor stands.
   *
   * @param next the case that comes next
   * @param found what does not fit, in this lap and the one before it
   */
  record Lap(CaseId next, long laps, long found) {}

  static Lap read(Tx tx) {
    var row = tx.query("SELECT next, laps, found + found_before AS found FROM auditor").getFirst();
    return new Lap(new CaseId(row.uuid("next")), row.int64("laps"), row.int64("found"));
  }

  /** Moves on, unless another node has meanwhile. */
  static boolean moved(Tx tx, CaseId from, CaseId to, long found) {
    return tx.update(
            "UPDATE auditor SET next = ?, found = found + ? WHERE next = ?",
            to.value(),
            found,
            from.value())
        == 1;
  }

  /** Begins a new lap, unless another node has meanwhile. */
  static boolean begun(Tx tx, CaseId from, CaseId first, long found) {
    return tx.update(
            """
            UPDATE auditor SET next = ?, laps = laps + 1, found_before = found + ?, found = 0
            WHERE next = ?
            """,
            first.value(),
            found,
            from.value())
        == 1;
  }

  /** How many exceptions should have done their next step before an instant; to a bound. */
  static long late(Tx tx, Instant before) {
    return tx.query(
            """
            SELECT count(*) AS late FROM (
              SELECT 1 FROM exception_case WHERE next_action_at < ? LIMIT ?) AS overdue
            """,
            before,
            LATE_MAX)
        .getFirst()
        .int64("late");
  }
}
