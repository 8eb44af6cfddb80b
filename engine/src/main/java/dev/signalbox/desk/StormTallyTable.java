package dev.signalbox.desk;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.ExceptionReport;
import java.time.Instant;

/**
 * The table {@code storm_tally}: how many exceptions a source opened, in slices of its window. Only
 * guarded contexts are counted. Counting locks the source's current slice until the commit, so the
 * cap holds exactly, on any number of nodes.
 */
public final class StormTallyTable {
  /** A window is counted in so many slices; it moves on by one slice at a time. */
  private static final int SLICES = 12;

  private StormTallyTable() {}

  /** One source in one context. */
  record Source(String context, String name) implements Comparable<Source> {
    static Source of(ExceptionReport report) {
      return new Source(report.identity().context(), report.identity().source());
    }

    @Override
    public int compareTo(Source other) {
      int byContext = context.compareTo(other.context);
      return byContext != 0 ? byContext : name.compareTo(other.name);
    }
  }

  /**
   * Counts further openings.
   *
   * @return how many exceed the cap with them
   */
  static int add(Tx tx, Source source, int opened, StormGuard.Cap cap, Instant now) {
    long slice = Math.max(1, cap.window().toMillis() / SLICES);
    var current = Instant.ofEpochMilli(now.toEpochMilli() / slice * slice);
    tx.update(
        """
        INSERT INTO storm_tally (context, source, slice, opened) VALUES (?, ?, ?, ?)
        ON CONFLICT (context, source, slice) DO UPDATE
          SET opened = storm_tally.opened + excluded.opened
        """,
        source.context(),
        source.name(),
        current,
        opened);
    long inWindow =
        tx.query(
                """
                SELECT coalesce(sum(opened), 0)::bigint AS opened FROM storm_tally
                WHERE context = ? AND source = ? AND slice > ?
                """,
                source.context(),
                source.name(),
                now.minus(cap.window()))
            .getFirst()
            .int64("opened");
    return (int) Math.max(0, inWindow - cap.opened());
  }

  /**
   * Forgets slices that began before an instant.
   *
   * @return how many, at most the bound
   */
  public static int forget(Tx tx, Instant before, int bound) {
    return tx.update(
        """
        DELETE FROM storm_tally WHERE (context, source, slice) IN (
          SELECT context, source, slice FROM storm_tally WHERE slice < ? LIMIT ?)
        """,
        before,
        bound);
  }
}
