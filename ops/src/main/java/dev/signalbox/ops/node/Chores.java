package dev.signalbox.ops.node;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.OnceTable;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.ops.telemetry.Gauges;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What has to be done now and then: gauges, old answers, work without a target. */
final class Chores implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration ANSWERS_KEPT = Duration.ofHours(24);
  private static final int FORGET_MAX = 1_000;

  private final Database database;
  private final DispatchRunner dispatch;
  private final Gauges gauges;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);

  Chores(Database database, DispatchRunner dispatch, Gauges gauges, InstantSource clock) {
    this.database = database;
    this.dispatch = dispatch;
    this.gauges = gauges;
    this.clock = clock;
  }

  void run() {
    try {
      do {
        round();
      } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    gauges.refresh();
    try {
      dispatch.holdUnconfigured();
      var old = clock.instant().minus(ANSWERS_KEPT);
      database.inTransaction(tx -> OnceTable.forget(tx, old, FORGET_MAX));
    } catch (Unavailable e) {
      // The next round tries again.
    }
  }

  @Override
  public void close() {
    stopping.countDown();
  }
}
