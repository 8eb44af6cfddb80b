package dev.signalbox.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a target is treated.
 *
 * @param retries when to try again
 * @param concurrency how many attempts may run at once; a slow target slows nothing else
 * @param attemptTimeout how long one attempt may take
 * @param answerWithin how long an answer is awaited after the delivery
 * @param breaker when to stop asking for a while
 */
public record TargetPolicy(
    RetryPlan retries,
    int concurrency,
    Duration attemptTimeout,
    Duration answerWithin,
    Breaker.Policy breaker) {
  public static final TargetPolicy STANDARD =
      new TargetPolicy(
          RetryPlan.STANDARD,
          4,
          Duration.ofSeconds(30),
          Duration.ofHours(72),
          Breaker.Policy.STANDARD);

  /** The same, with another time for the answer; null leaves it. */
  public TargetPolicy answeredWithin(@Nullable Duration within) {
    return within == null
        ? this
        : new TargetPolicy(retries, concurrency, attemptTimeout, within, breaker);
  }

  /**
   * The same, with attempts that fit what an adapter allows for one call: two of them, since one
   * may have to look first. Never longer than before.
   */
  public TargetPolicy callingWithin(Duration call) {
    var both = call.multipliedBy(2);
    return both.compareTo(attemptTimeout) >= 0
        ? this
        : new TargetPolicy(retries, concurrency, both, answerWithin, breaker);
  }

  /** A lease outlives its attempt by far, so that only a node that died or froze loses it. */
  Duration lease() {
    return attemptTimeout.multipliedBy(2).plusSeconds(10);
  }
}
