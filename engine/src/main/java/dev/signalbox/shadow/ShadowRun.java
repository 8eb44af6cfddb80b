package dev.signalbox.shadow;

import dev.signalbox.backtest.Difference;
import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Proposed;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rulesets.ShadowPlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One candidate on this node. Who commits leaves what was decided in a queue, or drops it when that
 * is full; one thread asks the candidate, and rests in between as long as its share says.
 */
final class ShadowRun {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowRun.class);

  /** Of decisions, without the raw records: megabytes. */
  private static final int WAITING_MAX = 1_000;

  private static final long DEADLINE = Duration.ofSeconds(1).toNanos();

  /** How long it works in one go. */
  private static final long SLICE = Duration.ofMillis(20).toNanos();

  /** How long it waits or rests in one go. */
  private static final long PAUSE = Duration.ofMillis(100).toNanos();

  private final ShadowPlan plan;
  private final Rulebook candidate;
  private final Tally tally;
  private final ArrayBlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private volatile boolean over;
  private long restUntil = System.nanoTime();

  /** What the candidate is to be asked; it gives null where nothing was decided. */
  private record Waiting(CaseId exception, Function<Rulebook, @Nullable Difference> question) {}

  /**
   * A run.
   *
   * @param candidate compiled for this alone
   */
  ShadowRun(ShadowPlan plan, Rulebook candidate, Tally tally) {
    this.plan = plan;
    this.candidate = candidate;
    this.tally = tally;
  }

  ShadowPlan plan() {
    return plan;
  }

  Tally tally() {
    return tally;
  }

  /** Sees what was committed; does not block. */
  void saw(@Nullable ExceptionCase before, List<JournalEntry> events) {
    var first = events.getFirst();
    if (over || !isByBaseline(events) || !first.at().isBefore(plan.bounds().until())) {
      return;
    }
    if (!plan.samples(first.caseId())) {
      tally.passOver();
    } else if (waiting.remainingCapacity() == 0) {
      tally.drop(1);
    } else {
      Moment.among(before, events, this::take, this::take);
    }
  }

  private void take(Moment moment) {
    if (moment.said().count() > 0) {
      take(new Waiting(moment.exception(), asked -> Difference.of(moment, asked)));
    }
  }

  private void take(Proposed proposed) {
    take(new Waiting(proposed.exception(), asked -> Difference.of(proposed, asked)));
  }

  private void take(Waiting one) {
    if (!waiting.offer(one)) {
      tally.drop(1);
    }
  }

  /**
   * What another ruleset decided, in the moments around an activation, is compared with nothing.
   */
  private boolean isByBaseline(List<JournalEntry> events) {
    for (var entry : events) {
      var advice = advice(entry.event());
      if (advice != null) {
        return advice.ruleset().equals(plan.baseline());
      }
    }
    return false;
  }

  private static @Nullable Advice<?> advice(CaseEvent event) {
    return switch (event) {
      case CaseEvent.Classified e -> e.advice();
      case CaseEvent.Reclassified e -> e.advice();
      case CaseEvent.Routed e -> e.advice();
      case CaseEvent.ResolutionProposed e -> e.advice();
      case CaseEvent.ApprovalsDecided e -> e.advice();
      default -> null;
    };
  }

  /** Asks about some of what waits, or rests; for a moment only. */
  void work() throws InterruptedException {
    long rest = restUntil - System.nanoTime();
    if (rest > 0) {
      LockSupport.parkNanos(Math.min(rest, PAUSE));
      return;
    }
    var next = waiting.poll(PAUSE, TimeUnit.NANOSECONDS);
    long began = System.nanoTime();
    while (next != null) {
      ask(next);
      next = System.nanoTime() - began < SLICE ? waiting.poll() : null;
    }
    spent(System.nanoTime() - began);
  }

  /** It has worked so long, and rests accordingly. */
  void spent(long nanos) {
    tally.took(Duration.ofNanos(nanos));
    restUntil =
        Math.max(restUntil, System.nanoTime()) + (long) (nanos / plan.bounds().share()) - nanos;
  }

  private void ask(Waiting one) {
    long began = System.nanoTime();
    @Nullable Difference difference;
    try {
      difference = one.question().apply(candidate);
    } catch (RuntimeException | LinkageError | VirtualMachineError e) {
      LOG.warn("A candidate failed on {}.", one.exception(), e);
      difference = failed("It failed with %s.".formatted(e.getClass().getName()));
    }
    if (difference != null) {
      tally.add(
          one.exception(),
          System.nanoTime() - began > DEADLINE
              ? failed("It took longer than a second.")
              : difference);
    }
  }

  private static Difference failed(String why) {
    return new Difference(List.of(), List.of(), List.of(), why);
  }

  /** No more is asked; what still waits was dropped. */
  void end() {
    if (over) {
      return;
    }
    over = true;
    tally.drop(waiting.size());
    waiting.clear();
    candidate.close();
  }
}
