package dev.signalbox.dispatch;

import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.signals.Traces;
import dev.signalbox.work.AttemptTable;
import dev.signalbox.work.Lease;
import dev.signalbox.work.LeasedWork;
import dev.signalbox.work.PutBack;
import dev.signalbox.work.WorkTable;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
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
  private final BoundedOutlet outlet;
  private final TargetPolicy policy;
  private final DispatchRunner.With with;
  private final Breaker breaker;
  private final Semaphore free;
  private final Semaphore doorbell = new Semaphore(0);
  private final Phaser running = new Phaser(1);
  private Breaker.@Nullable State seen;
  private volatile boolean stopping;
  private volatile int phase;

  TargetRunner(TargetName target, Outlet outlet, TargetPolicy policy, DispatchRunner.With with) {
    this.target = target;
    this.outlet = new BoundedOutlet(outlet, policy.attemptTimeout(), with.executor());
    this.policy = policy;
    this.with = with;
    breaker = new Breaker(policy.breaker());
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
    outlet.breakOff();
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
      while (!stopping) {
        round();
      }
    } finally {
      running.arriveAndDeregister();
    }
  }

  private void round() {
    try {
      nap(leaseAndStart());
    } catch (Unavailable e) {
      nap(NAP_MAX);
    } catch (RuntimeException e) {
      LOG.error("The work of {} goes on after a failure.", target, e);
      nap(NAP_MAX);
    }
  }

  /** How long there is nothing to do, unless somebody rings: whoever ends an attempt does. */
  private Duration leaseAndStart() {
    var now = with.clock().instant();
    var state = breaker.state(now);
    tellState(state);
    if (state == Breaker.State.OPEN) {
      with.database()
          .inTransaction(tx -> WorkTable.showHeld(tx, target, "The target's breaker is open."));
      return atMost(NAP_MAX, Duration.between(now, breaker.probeAt()));
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
    leased.forEach(work -> start(work, permit));
    return leased.size() < permit.calls() ? untilNext() : NAP_MAX;
  }

  private List<LeasedWork> lease(int limit) {
    return with.database().inTransaction(tx -> WorkTable.lease(tx, target, limit, policy.lease()));
  }

  private void start(LeasedWork work, Breaker.Permit permit) {
    free.acquireUninterruptibly();
    running.register();
    with.executor()
        .execute(() -> {
          try {
            attempt(work, permit);
          } finally {
            free.release();
            running.arriveAndDeregister();
            ring();
          }
        });
  }

  private void attempt(LeasedWork work, Breaker.Permit permit) {
    var item = work.item();
    try (var span =
            with.signals()
                .traces()
                .begin("dispatch " + target, SpanKind.CLIENT, item.traceParent())
                .about(item.exception().id())
                .with("signalbox.dispatch.id", item.dispatch().toString())
                .with("signalbox.attempt", work.lease().attempt());
        var _ = span.logging(item.exception().id())) {
      try {
        attempt(work, permit, span);
      } catch (Unavailable e) {
        LOG.warn("The outcome of {} waits for the database.", item.dispatch());
      } catch (RuntimeException e) {
        LOG.error("The dispatch {} could not be ended.", item.dispatch(), e);
      }
    }
  }

  private void attempt(LeasedWork work, Breaker.Permit permit, Traces.Active span) {
    long began = System.nanoTime();
    var attempt = call(work, span.traceParent());
    var took = Duration.ofNanos(System.nanoTime() - began);
    var now = with.clock().instant();
    switch (attempt) {
      case Attempt.Delivered delivered -> breaker.end(permit, false, now);
      case Attempt.RejectedByTarget rejected -> breaker.end(permit, false, now);
      case Attempt.RetryLater later -> breaker.end(permit, true, now);
      case Attempt.Unknown unknown -> breaker.end(permit, true, now);
      case Attempt.TargetDown down -> breaker.trip(permit, now);
    }
    var outcome = Outcomes.name(attempt);
    span.with("signalbox.outcome", outcome);
    if (!(attempt instanceof Attempt.Delivered)) {
      span.failed(outcome);
    }
    LOG.info("Attempt {} at {}: {}", work.lease().attempt(), target, outcome);
    with.signals().attempted(target.value(), outcome, took);
    var ended = work.lease().ended(outcome, Outcomes.detail(attempt), took.toMillis());
    if (outlet.isBrokenOff() && attempt instanceof Attempt.Unknown) {
      putBack(ended, PutBack.brokenOff());
      return;
    }
    follow(
        work,
        ended,
        Aftermath.of(
            new Aftermath.Made(work, attempt, permit.probe()),
            policy,
            now,
            with.chance().getAsDouble()),
        span.traceParent());
  }

  private Attempt call(LeasedWork work, @Nullable String traceParent) {
    var item = work.item();
    var dispatch =
        new Dispatch(
            item.dispatch(),
            target,
            item.queue(),
            item.exception(),
            work.lease().attempt(),
            work.afterUnknown(),
            traceParent);
    return outlet.attempt(dispatch, with.clock().instant().plus(policy.attemptTimeout()));
  }

  private void follow(
      LeasedWork work, Lease ended, Aftermath aftermath, @Nullable String traceParent) {
    switch (aftermath) {
      case Aftermath.Tell tell ->
          with.desk()
              .handle(
                  Request.say(
                          work.item().exception().id(),
                          tell.command(),
                          new Actor.Adapter(target.value()))
                      .tracedBy(traceParent)
                      .under(ended));
      case Aftermath.TryLater(var delay, var unknown) ->
          putBack(ended, PutBack.later(delay, unknown));
      case Aftermath.Hold(var reason, var delay, var unknown) ->
          putBack(ended, PutBack.held(delay, unknown, reason));
    }
  }

  private void putBack(Lease ended, PutBack how) {
    with.database()
        .inTransaction(tx -> {
          AttemptTable.record(tx, List.of(ended));
          return WorkTable.putBack(tx, ended, how);
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

  private Duration untilNext() {
    var next = with.database().read(tx -> WorkTable.untilNext(tx, target));
    return next == null ? NAP_MAX : atMost(NAP_MAX, next);
  }

  /** Not shorter than a moment: another node may be about to take what is due. */
  private static Duration atMost(Duration most, Duration length) {
    if (length.compareTo(NAP_MIN) < 0) {
      return NAP_MIN;
    }
    return length.compareTo(most) < 0 ? length : most;
  }

  private void nap(Duration length) {
    if (stopping) {
      return;
    }
    try {
      if (doorbell.tryAcquire(length.toNanos(), TimeUnit.NANOSECONDS)) {
        doorbell.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}
