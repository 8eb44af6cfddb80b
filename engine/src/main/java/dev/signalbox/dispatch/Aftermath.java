package dev.signalbox.dispatch;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.outside.Attempt;
import dev.signalbox.work.LeasedWork;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What follows from an attempt: a pure table. */
sealed interface Aftermath {

  /** The matter is decided; the case is told, and the work ends with it. */
  record Tell(CaseCommand command) implements Aftermath {}

  /** Later again. */
  record TryLater(Duration delay, boolean unknown) implements Aftermath {}

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
   * Decides.
   *
   * @param chance for the jitter, from 0 to 1
   */
  static Aftermath of(Made made, TargetPolicy policy, Instant now, double chance) {
    var work = made.work();
    var dispatch = work.item().dispatch();
    return switch (made.attempt()) {
      case Attempt.Delivered delivered ->
          new Tell(
              new CaseCommand.RecordDelivery(
                  dispatch, delivered.externalReference(), now.plus(policy.answerWithin())));
      case Attempt.RejectedByTarget rejected ->
          new Tell(new CaseCommand.RecordDeliveryFailure(dispatch, rejected.reason()));
      case Attempt.TargetDown down -> held(policy, down.reason(), null, false);
      case Attempt.RetryLater(var reason, var retryAfter) ->
          made.probe()
              ? held(policy, reason, retryAfter, false)
              : again(work, policy, delay(work, policy, chance, retryAfter), reason, false);
      case Attempt.Unknown(var reason) ->
          made.probe()
              ? held(policy, reason, null, true)
              : again(work, policy, delay(work, policy, chance, null), reason, true);
    };
  }

  private static Aftermath held(
      TargetPolicy policy, String reason, @Nullable Duration retryAfter, boolean unknown) {
    var pause = policy.breaker().pause();
    var asked = policy.retries().obeyed(retryAfter);
    return new Hold(reason, asked.compareTo(pause) > 0 ? asked : pause, unknown);
  }

  private static Duration delay(
      LeasedWork work, TargetPolicy policy, double chance, @Nullable Duration retryAfter) {
    return policy.retries().delay(work.spent(), chance, retryAfter);
  }

  private static Aftermath again(
      LeasedWork work, TargetPolicy policy, Duration delay, String reason, boolean unknown) {
    return policy.retries().isSpent(work.spent())
        ? new Tell(
            new CaseCommand.RecordDeliveryFailure(
                work.item().dispatch(),
                "Not delivered in %d attempts; the last: %s".formatted(work.spent(), reason)))
        : new TryLater(delay, unknown);
  }
}
