package dev.signalbox.dispatch;

import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.signals.Traces;
import dev.signalbox.work.AttemptTable;
import dev.signalbox.work.Lease;
import dev.signalbox.work.LeasedWork;
import dev.signalbox.work.PutBack;
import dev.signalbox.work.WorkTable;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt under its lease, and tells the breaker, the desk and the operators. */
final class Attempter {
  private static final Logger LOG = LoggerFactory.getLogger(Attempter.class);

  private static final Duration WRITE_AGAIN = Duration.ofMillis(500);

  private final TargetName target;
  private final BoundedOutlet outlet;
  private final TargetPolicy policy;
  private final DispatchRunner.With with;
  private final Breaker breaker;

  Attempter(
      DispatchRunner.Target of, TargetName target, Breaker breaker, DispatchRunner.With with) {
    this.target = target;
    this.policy = of.policy();
    this.outlet = new BoundedOutlet(of.outlet(), policy.attemptTimeout(), with.executor());
    this.breaker = breaker;
    this.with = with;
  }

  /** Interrupts what runs; it is handed back. */
  void breakOff() {
    outlet.breakOff();
  }

  /**
   * Makes an attempt, and does not throw. It is not begun when the lease might end before it: a
   * node that froze between the two leaves the work to whoever takes it over.
   *
   * @param leased an instant before the lease began
   */
  void attempt(LeasedWork work, Breaker.Permit permit, Instant leased) {
    var item = work.item();
    if (with.clock()
        .instant()
        .isAfter(leased.plus(policy.lease()).minus(policy.attemptTimeout()))) {
      breaker.giveBack(permit);
      LOG.warn("The lease of {} is too old to begin an attempt.", item.dispatch());
      return;
    }
    try (var span =
            with.signals()
                .traces()
                .begin("dispatch " + target, SpanKind.CLIENT, item.traceParent())
                .about(item.exception().id())
                .with("signalbox.dispatch.id", item.dispatch().toString())
                .with("signalbox.attempt", work.lease().attempt());
        var _ = span.logging(item.exception().id())) {
      try {
        var given = Aftermath.unattempted(work);
        if (given == null) {
          attempt(work, permit, span);
        } else {
          breaker.giveBack(permit);
          follow(work, work.lease(), given, span.traceParent());
        }
      } catch (Unavailable e) {
        LOG.warn("The outcome of {} is left in doubt.", item.dispatch());
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
      case Attempt.Settling settling -> breaker.end(permit, false, now);
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
            traceParent,
            item.order());
    return outlet.attempt(dispatch, with.clock().instant().plus(policy.attemptTimeout()));
  }

  /**
   * Does what follows, and while the database is away, again: an outcome that is known is worth
   * more than a doubt. The fence says if it still counts, so neither a commit without an answer nor
   * a lease that ended meanwhile does harm.
   */
  private void follow(
      LeasedWork work, Lease ended, Aftermath aftermath, @Nullable String traceParent) {
    do {
      try {
        write(work, ended, aftermath, traceParent);
        return;
      } catch (Unavailable e) {
        LOG.warn("The outcome of {} waits for the database.", ended.work());
      }
    } while (!outlet.breaksOffWithin(WRITE_AGAIN));
    LOG.warn("The outcome of {} is left in doubt, since this node stops.", ended.work());
  }

  private void write(
      LeasedWork work, Lease ended, Aftermath aftermath, @Nullable String traceParent) {
    switch (aftermath) {
      case Aftermath.Tell tell -> {
        var receipt =
            with.desk()
                .handle(
                    Request.say(
                            work.item().exception().id(),
                            tell.command(),
                            new Actor.Adapter(target.value()))
                        .tracedBy(traceParent)
                        .under(ended));
        if (receipt instanceof Receipt.LeaseLost) {
          warnOfLoss(ended);
        }
      }
      case Aftermath.Finish() -> finish(ended);
      case Aftermath.TryLater(var delay, var unknown) ->
          putBack(ended, PutBack.later(delay, unknown));
      case Aftermath.LookAgain(var delay) -> putBack(ended, PutBack.lookAgain(delay));
      case Aftermath.Hold(var reason, var delay, var unknown) ->
          putBack(ended, PutBack.held(delay, unknown, reason));
    }
  }

  private void finish(Lease ended) {
    boolean held =
        with.database()
            .inTransaction(tx -> {
              boolean mine = !WorkTable.finish(tx, List.of(ended)).isEmpty();
              if (mine) {
                AttemptTable.record(tx, List.of(ended));
              }
              return mine;
            });
    if (!held) {
      warnOfLoss(ended);
    }
  }

  private void putBack(Lease ended, PutBack how) {
    boolean held =
        with.database()
            .inTransaction(tx -> {
              boolean back = WorkTable.putBack(tx, ended, how);
              if (back) {
                AttemptTable.record(tx, List.of(ended));
              }
              return back;
            });
    if (!held) {
      warnOfLoss(ended);
    }
  }

  private static void warnOfLoss(Lease lease) {
    LOG.warn("The outcome of {} is not written: its lease is lost.", lease.work());
  }
}
