package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.journal.JournalReader;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether all is as it ought to be: no open exception is past its next step;
 * whatever was dispatched was delivered, failed, was withdrawn or is on its way, and what is on its
 * way has its work; every state, and every column, is that of its journal.
 *
 * <p>The first is looked at whole, by an index. The others are looked at in slices, one in a round,
 * lap after lap over all exceptions; where it was is remembered in the database, so several nodes
 * share a lap and a restart goes on with it. What does not fit is remembered for this lap and the
 * next, since a slice that fits says nothing of the one before.
 */
public final class Auditor {
  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);

  private final Database database;
  private final AuditVerify verify;
  private final InstantSource clock;
  private final Shape shape;

  /**
   * How it looks.
   *
   * @param grace how much later than its instant a step may be: a node may just be restarting
   * @param slice how many exceptions are recomputed in a round, at least
   */
  public record Shape(Duration grace, int slice) {}

  /**
   * What a round found.
   *
   * @param late exceptions past their next step, up to 10,000
   * @param checked how many were recomputed in this round
   * @param misfits exceptions that do not fit, found in this lap and the one before it
   * @param laps how often all were recomputed
   * @param first one that does not fit, of this round; null when none does
   */
  public record Round(long late, long checked, long misfits, long laps, @Nullable Misfit first) {

    public boolean isClean() {
      return late == 0 && misfits == 0;
    }
  }

  public Auditor(Database database, JournalReader reader, InstantSource clock, Shape shape) {
    this.database = database;
    this.verify = new AuditVerify(database, reader);
    this.clock = clock;
    this.shape = shape;
  }

  /**
   * Looks once.
   *
   * @throws dev.signalbox.db.Unavailable when PostgreSQL is away or too slow
   */
  public Round round() {
    var due = clock.instant().minus(shape.grace());
    long late = database.read(tx -> AuditorTable.late(tx, due));
    var found = Finding.NONE;
    boolean isEnd = false;
    while (found.exceptions() < shape.slice() && !isEnd) {
      var lap = database.read(AuditorTable::read);
      var slice = verify.slice(lap.next());
      long misfits = slice.finding().misfits();
      found = found.and(slice.finding());
      var next = slice.next();
      isEnd = next == null;
      database.inTransaction(tx ->
          next == null
              ? AuditorTable.begun(tx, lap.next(), AuditVerify.FIRST, misfits)
              : AuditorTable.moved(tx, lap.next(), next, misfits));
    }
    var lap = database.read(AuditorTable::read);
    var round = new Round(late, found.exceptions(), lap.found(), lap.laps(), found.first());
    tell(round);
    return round;
  }

  private static void tell(Round round) {
    if (round.late() > 0) {
      LOG.error("{} exceptions are past their next step.", round.late());
    }
    var first = round.first();
    if (first != null) {
      LOG.error(
          "The exception {} does not fit its journal, row {}: {}",
          first.exception(),
          first.seq(),
          first.what());
    }
  }
}
