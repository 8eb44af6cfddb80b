package dev.signalbox.adapters.http;

import dev.signalbox.adapters.http.HttpOutcome.Answered;
import dev.signalbox.adapters.http.HttpOutcome.Forbidden;
import dev.signalbox.adapters.http.HttpOutcome.NotSent;
import dev.signalbox.adapters.http.HttpOutcome.Unanswered;
import dev.signalbox.outside.Attempt;
import java.time.Instant;

/** What the outcome of a call means for a dispatch, as far as all outside systems agree. */
public final class Statuses {

  private Statuses() {}

  /**
   * The attempt that had this outcome; a 2xx is delivered, without a reference.
   *
   * @param who the outside system, to begin the reason with
   */
  public static Attempt attempt(String who, HttpOutcome outcome, Instant now) {
    return switch (outcome) {
      case NotSent(var reason) -> new Attempt.RetryLater(sentence(who, reason), null);
      case Forbidden(var reason) -> new Attempt.TargetDown(sentence(who, reason));
      case Unanswered(var reason) -> new Attempt.Unknown(sentence(who, reason));
      case Answered answered -> answered(who, answered, now);
    };
  }

  private static Attempt answered(String who, Answered answered, Instant now) {
    int status = answered.status();
    if (answered.isSuccess()) {
      return new Attempt.Delivered(null, false);
    }
    return switch (status) {
      case 408, 409, 425, 429 -> retryLater(who, answered, now);
      case 401, 403 ->
          new Attempt.TargetDown(
              "%s answered %d; maybe its credentials are wrong or spent.".formatted(who, status));
      case 410 ->
          new Attempt.TargetDown("%s answered 410: it takes nothing any more.".formatted(who));
      default -> byClass(who, answered, now);
    };
  }

  private static Attempt byClass(String who, Answered answered, Instant now) {
    int status = answered.status();
    return switch (status / 100) {
      case 3 ->
          new Attempt.RetryLater(
              "%s answered %d, a redirect, which is not followed; maybe its url must be changed."
                  .formatted(who, status),
              null);
      case 4 -> new Attempt.RejectedByTarget("%s answered %d.".formatted(who, status));
      case 5 -> retryLater(who, answered, now);
      default -> new Attempt.Unknown("%s answered %d, which is no status.".formatted(who, status));
    };
  }

  private static Attempt retryLater(String who, Answered answered, Instant now) {
    return new Attempt.RetryLater(
        "%s answered %d.".formatted(who, answered.status()),
        RetryAfter.parse(answered.headers().get("retry-after"), now));
  }

  private static String sentence(String who, String reason) {
    return "%s: %s.".formatted(who, reason);
  }
}
