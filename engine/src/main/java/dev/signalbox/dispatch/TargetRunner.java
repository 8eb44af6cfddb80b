package dev.signalbox.dispatch;

import dev.signalbox.db.Unavailable;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.work.LeasedWork;
import dev.signalbox.work.WorkTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of one target: leases what is due, lets a few attempts run at once, and reports
 * each to the desk. Other targets do not notice how it fares.
 */
final class TargetRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TargetRunner.class);

  /** Bounds how late work is noticed that another node added, or left behind. */
  private static final Duration NAP_MAX = Duration.ofSeconds(1);

  private static final Duration NAP_MIN = Duration.ofMillis(5);

  private final TargetName target;
  private final Attempter attempter;
  private final TargetPolicy policy;
  private final DispatchRunner.With with;
  private final Breaker breaker;
  private final Semaphore free;
  private final Semaphore doorbell = new Semaphore(0);
  private final Phaser running = new Phaser(1);
  private Breaker.@Nullable State seen;
  private volatile boolean stopping;
  private volatile int phase;

  TargetRunner(TargetName target, DispatchRunner.Target of, DispatchRunner.With with) {
    this.target = target;
    this.policy = of.policy();
    this.with = with;
    breaker = new Breaker(policy.breaker());
    attempter = new Attempter(of, target, breaker, with);
    free = new Semaphore(policy.concurrency());
  }

  Breaker.State breakerState() {
    return breaker.state(with.clock().instant());
  }

  void ring() {
    if (doorbell.availablePermits() == 0) {
      doorbell.release();
    }
  }

  /** No new work; what runs may end. */
  void stop() {
    if (!stopping) {
      stopping = true;
      phase = running.arrive();
    }
    ring();
  }

  /** Interrupts what runs; it is handed back. */
  void breakOff() {
    attempter.breakOff();
  }

  /** Waits until all has ended, or the time is over; after {@link #stop}. */
  boolean awaitEnd(Duration within) throws InterruptedException {
    try {
      running.awaitAdvanceInterruptibly(phase, within.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  void run() {
    running.register();
    try {
      boolean rung = true;
      while (!stopping) {
        rung = nap(round(rung));
      }
    } finally {
      running.arriveAndDeregister();
    }
  }

  private Duration round(boolean rung) {
    try {
      return leaseAndStart(rung);
    } catch (Unavailable e) {
      return NAP_MAX;
    } catch (RuntimeException e) {
      LOG.error("The work of {} goes on after a failure.", target, e);
      return NAP_MAX;
    }
  }

  /**
   * How long there is nothing to do, unless somebody rings: whoever ends an attempt does.
   *
   * @param rung whether somebody did; else it looks first, which is cheaper than to try a lease
   */
  private Duration leaseAndStart(boolean rung) {
    var now = with.clock().instant();
    var state = breaker.state(now);
    tellState(state);
    if (state == Breaker.State.OPEN) {
      with.database()
          .inTransaction(tx -> WorkTable.showHeld(tx, target, "The target's breaker is open."));
      return atLeast(NAP_MIN, Duration.between(now, breaker.probeAt()));
    }
    var quiet = rung ? NAP_MIN : untilNext();
    if (quiet.compareTo(NAP_MIN) > 0) {
      return quiet;
    }
    var permit = breaker.permit(free.availablePermits(), now);
    if (permit.calls() == 0) {
      return NAP_MAX;
    }
    var leased = List.<LeasedWork>of();
    try {
      leased = lease(permit.calls());
    } finally {
      if (leased.isEmpty()) {
        breaker.giveBack(permit);
      }
    }
    leased.forEach(work -> start(work, permit, now));
    return leased.size() < permit.calls() ? untilNext() : NAP_MAX;
  }

  private List<LeasedWork> lease(int limit) {
    return with.database().inTransaction(tx -> WorkTable.lease(tx, target, limit, policy.lease()));
  }

  private void start(LeasedWork work, Breaker.Permit permit, Instant leased) {
    free.acquireUninterruptibly();
    running.register();
    with.executor()
        .execute(() -> {
          try {
            attempter.attempt(work, permit, leased);
          } finally {
            free.release();
            running.arriveAndDeregister();
            ring();
          }
        });
  }

  /** A breaker that is closed holds nothing; a former process, or another node, may have. */
  private void tellState(Breaker.State now) {
    if (now == seen) {
      return;
    }
    if (now == Breaker.State.CLOSED) {
      with.database().inTransaction(tx -> WorkTable.showReady(tx, target));
    }
    if (seen != null) {
      LOG.warn("The breaker of {} is {} now.", target, now);
      with.signals().breakerChanged(target.value(), now.name());
    }
    seen = now;
  }

  /** Not shorter than a moment: another node may be about to take what is due. */
  private Duration untilNext() {
    var next = with.database().read(tx -> WorkTable.untilNext(tx, target));
    return next == null || next.compareTo(NAP_MAX) > 0 ? NAP_MAX : atLeast(NAP_MIN, next);
  }

  private static Duration atLeast(Duration least, Duration length) {
    return length.compareTo(least) < 0 ? least : length;
  }

  /** Whether somebody rang. */
  private boolean nap(Duration length) {
    if (stopping) {
      return false;
    }
    try {
      boolean rung = doorbell.tryAcquire(length.toNanos(), TimeUnit.NANOSECONDS);
      if (rung) {
        doorbell.drainPermits();
      }
      return rung;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
      return false;
    }
  }
}
