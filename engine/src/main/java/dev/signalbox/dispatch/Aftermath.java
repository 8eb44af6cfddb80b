package dev.signalbox.dispatch;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.outside.Attempt;
import dev.signalbox.work.LeasedWork;
import java.time.Duration;
import java.time.Instant;

/** What follows from an attempt: a pure table. */
sealed interface Aftermath {

  /** The matter is decided; the case is told, and the work ends with it. */
  record Tell(CaseCommand command) implements Aftermath {}

  /** Later again. */
  record TryLater(Duration delay, boolean unknown) implements Aftermath {}

  /** The target is down for everything; this attempt does not count. */
  record Hold(String reason) implements Aftermath {}

  /**
   * Decides.
   *
   * @param chance for the jitter, from 0 to 1
   */
  static Aftermath of(
      Attempt attempt, LeasedWork work, TargetPolicy policy, Instant now, double chance) {
    var dispatch = work.item().dispatch();
    return switch (attempt) {
      case Attempt.Delivered delivered ->
          new Tell(
              new CaseCommand.RecordDelivery(
                  dispatch, delivered.externalReference(), now.plus(policy.answerWithin())));
      case Attempt.RejectedByTarget rejected ->
          new Tell(new CaseCommand.RecordDeliveryFailure(dispatch, rejected.reason()));
      case Attempt.TargetDown down -> new Hold(down.reason());
      case Attempt.RetryLater later ->
          again(
              work,
              policy,
              policy.retries().delay(work.lease().attempt(), chance, later.retryAfter()),
              later.reason(),
              false);
      case Attempt.Unknown unknown ->
          again(
              work,
              policy,
              policy.retries().delay(work.lease().attempt(), chance, null),
              unknown.reason(),
              true);
    };
  }

  private static Aftermath again(
      LeasedWork work, TargetPolicy policy, Duration delay, String reason, boolean unknown) {
    int attempt = work.lease().attempt();
    return policy.retries().isSpent(attempt)
        ? new Tell(
            new CaseCommand.RecordDeliveryFailure(
                work.item().dispatch(),
                "Not delivered in %d attempts; the last: %s".formatted(attempt, reason)))
        : new TryLater(delay, unknown);
  }
}
