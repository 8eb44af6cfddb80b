package dev.signalbox.ops.node;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.OnceTable;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.desk.StormTallyTable;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.ops.telemetry.Gauges;
import dev.signalbox.queues.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then: gauges, old answers, hits of rules, claims that are over, work
 * without a target.
 */
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration ANSWERS_KEPT = Duration.ofHours(24);
  private static final int FORGET_MAX = 1_000;
  private static final int GENTLY = 20;

  private final Database database;
  private final Desk desk;
  private final Claims claims;
  private final DispatchRunner dispatch;
  private final Gauges gauges;
  private final InstantSource clock;
  private final Duration stormWindow;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Phaser running = new Phaser(1);

  Chores(
      Database database,
      Desk desk,
      DispatchRunner dispatch,
      Gauges gauges,
      InstantSource clock,
      StormGuard guard) {
    stormWindow =
        guard.caps().values().stream()
            .map(StormGuard.Cap::window)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    this.database = database;
    this.desk = desk;
    claims = new Claims(database, desk);
    this.dispatch = dispatch;
    this.gauges = gauges;
    this.clock = clock;
  }

  void run() {
    running.register();
    try {
      boolean stopped = false;
      while (!stopped) {
        var pause = pauseAfter(round());
        stopped = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.arriveAndDeregister();
    }
  }

  /** Counting millions takes a while: chores take at most a twentieth of the time. */
  static Duration pauseAfter(Duration round) {
    var gentle = round.multipliedBy(GENTLY);
    return gentle.compareTo(EVERY) > 0 ? gentle : EVERY;
  }

  private Duration round() {
    long began = System.nanoTime();
    try {
      gauges.refresh();
      dispatch.holdUnconfigured();
      claims.sweep();
      desk.ruleHits().save(database);
      forgetAnswers(database, clock.instant());
      forgetTallies(database, clock.instant(), stormWindow);
    } catch (Unavailable e) {
      // The next round tries again; readiness tells that the database is away.
    } catch (RuntimeException e) {
      LOG.error("Chores go on after a failure.", e);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  static void forgetAnswers(Database database, Instant now) {
    var old = now.minus(ANSWERS_KEPT);
    forgetAll(database, tx -> OnceTable.forget(tx, old, FORGET_MAX));
  }

  /**
   * Slices of storm windows that nobody counts any more.
   *
   * @param window the longest there is
   */
  static void forgetTallies(Database database, Instant now, Duration window) {
    var old = now.minus(window.multipliedBy(2));
    forgetAll(database, tx -> StormTallyTable.forget(tx, old, FORGET_MAX));
  }

  /** All there is, a bounded number in a transaction. */
  private static void forgetAll(Database database, Function<Tx, Integer> some) {
    int forgotten = FORGET_MAX;
    while (forgotten == FORGET_MAX) {
      forgotten = database.inTransaction(some);
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    running.arriveAndAwaitAdvance();
  }
}
