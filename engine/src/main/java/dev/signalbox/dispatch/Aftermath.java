package dev.signalbox.dispatch;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.outside.Attempt;
import dev.signalbox.work.LeasedWork;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What follows from an attempt: a pure table. */
sealed interface Aftermath {
  /** So often a node may die or freeze in the middle of the same work. */
  int UNTOLD_MAX = 5;

  /** The matter is decided; the case is told, and the work ends with it. */
  record Tell(CaseCommand command) implements Aftermath {}

  /** It is done, and the case knows already all there is to know. */
  record Finish() implements Aftermath {}

  /** Later again. */
  record TryLater(Duration delay, boolean unknown) implements Aftermath {}

  /** An earlier attempt may still show itself; this one was a look only, and does not count. */
  record LookAgain(Duration delay) implements Aftermath {}

  /**
   * The target is down for everything, so this attempt does not count.
   *
   * @param delay long enough that other work comes before it as the next probe: one item that the
   *     target never takes would otherwise keep the breaker open
   */
  record Hold(String reason, Duration delay, boolean unknown) implements Aftermath {}

  /**
   * An attempt that was made.
   *
   * @param probe whether it was to tell if the target is back
   */
  record Made(LeasedWork work, Attempt attempt, boolean probe) {}

  /**
   * What follows without another attempt; null when one is to be made. Work that takes its node
   * down every time would else go on doing so.
   */
  static @Nullable Tell unattempted(LeasedWork work) {
    return work.untold() < UNTOLD_MAX
        ? null
        : notDone(
            work,
            "Given up: %d leases in a row ended without a word, so its node died or froze each time."
                .formatted(work.untold()));
  }

  /**
   * Decides.
   *
   * @param chance for the jitter, from 0 to 1
   */
  static Aftermath of(Made made, TargetPolicy policy, Instant now, double chance) {
    var work = made.work();
    return switch (made.attempt()) {
      case Attempt.Delivered delivered -> done(work, delivered, policy, now);
      case Attempt.RejectedByTarget rejected -> refused(work, rejected.reason());
      case Attempt.Settling(var _, var left) -> new LookAgain(beforeDue(made, now, left));
      case Attempt.TargetDown(var reason) ->
          new Hold(reason, pause(made, policy, now, null), false);
      case Attempt.RetryLater(var reason, var retryAfter) ->
          made.probe()
              ? new Hold(reason, pause(made, policy, now, retryAfter), false)
              : again(made, policy, reason, delay(made, policy, now, chance));
      case Attempt.Unknown(var reason) ->
          made.probe()
              ? new Hold(reason, pause(made, policy, now, null), true)
              : again(made, policy, reason, delay(made, policy, now, chance));
    };
  }

  private static Aftermath done(
      LeasedWork work, Attempt.Delivered delivered, TargetPolicy policy, Instant now) {
    var id = work.item().dispatch();
    var reference = delivered.externalReference();
    return switch (work.item().order()) {
      case null ->
          new Tell(new CaseCommand.RecordDelivery(id, reference, now.plus(policy.answerWithin())));
      case LedgerOrder.Post post ->
          new Tell(
              new CaseCommand.RecordPosting(id, reference == null ? id.toString() : reference));
      case LedgerOrder.Hold hold -> new Finish();
      case LedgerOrder.Release release -> new Finish();
    };
  }

  private static Tell refused(LeasedWork work, String reason) {
    var id = work.item().dispatch();
    return new Tell(
        switch (work.item().order()) {
          case null -> new CaseCommand.RecordDeliveryFailure(id, reason);
          case LedgerOrder.Post post -> new CaseCommand.RecordPostingRefusal(id, reason);
          case LedgerOrder.Hold(var hold, var scope) ->
              new CaseCommand.RecordHoldProblem(hold, false, reason);
          case LedgerOrder.Release(var hold) ->
              new CaseCommand.RecordHoldProblem(hold, true, reason);
        });
  }

  /** Not done as far as anybody knows; a posting may have happened all the same. */
  private static Tell notDone(LeasedWork work, String reason) {
    return work.item().order() instanceof LedgerOrder.Post
        ? new Tell(new CaseCommand.RecordPostingFailure(work.item().dispatch(), reason))
        : refused(work, reason);
  }

  /** A hold that the ledger does not know holds nothing, so it is never given up. */
  private static boolean isForGood(LeasedWork work) {
    return work.item().order() instanceof LedgerOrder.Hold
        || work.item().order() instanceof LedgerOrder.Release;
  }

  private static Aftermath again(Made made, TargetPolicy policy, String reason, Duration delay) {
    int spent = made.work().spent();
    return policy.retries().isSpent(spent) && !isForGood(made.work())
        ? notDone(
            made.work(), "Not delivered in %d attempts; the last: %s".formatted(spent, reason))
        : new TryLater(delay, made.attempt() instanceof Attempt.Unknown);
  }

  private static Duration delay(Made made, TargetPolicy policy, Instant now, double chance) {
    var asked = made.attempt() instanceof Attempt.RetryLater later ? later.retryAfter() : null;
    return beforeDue(made, now, policy.retries().delay(made.work().spent(), chance, asked));
  }

  private static Duration pause(
      Made made, TargetPolicy policy, Instant now, @Nullable Duration asked) {
    var pause = policy.breaker().pause();
    var obeyed = policy.retries().obeyed(asked);
    return beforeDue(made, now, obeyed.compareTo(pause) > 0 ? obeyed : pause);
  }

  /** No later than the item is due, as long as it is not. */
  private static Duration beforeDue(Made made, Instant now, Duration delay) {
    var standing = made.work().item().exception().classification();
    if (standing == null || !standing.dueAt().isAfter(now)) {
      return delay;
    }
    var left = Duration.between(now, standing.dueAt());
    return left.compareTo(delay) < 0 ? left : delay;
  }
}
