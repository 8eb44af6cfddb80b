package dev.signalbox.ops.node;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.OnceTable;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.ops.telemetry.Gauges;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done now and then: gauges, old answers, work without a target. */
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration ANSWERS_KEPT = Duration.ofHours(24);
  private static final int FORGET_MAX = 1_000;

  private final Database database;
  private final DispatchRunner dispatch;
  private final Gauges gauges;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Phaser running = new Phaser(1);

  Chores(Database database, DispatchRunner dispatch, Gauges gauges, InstantSource clock) {
    this.database = database;
    this.dispatch = dispatch;
    this.gauges = gauges;
    this.clock = clock;
  }

  void run() {
    running.register();
    try {
      do {
        round();
      } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.arriveAndDeregister();
    }
  }

  private void round() {
    try {
      gauges.refresh();
      dispatch.holdUnconfigured();
      var old = clock.instant().minus(ANSWERS_KEPT);
      database.inTransaction(tx -> OnceTable.forget(tx, old, FORGET_MAX));
    } catch (Unavailable e) {
      // The next round tries again; readiness tells that the database is away.
    } catch (RuntimeException e) {
      LOG.error("Chores go on after a failure.", e);
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    running.arriveAndAwaitAdvance();
  }
}
