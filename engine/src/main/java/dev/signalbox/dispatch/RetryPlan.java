package dev.signalbox.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When to try again: exponential with full jitter, which spreads a crowd best ("Exponential Backoff
 * And Jitter", AWS Architecture Blog, 2015). What the target asks for is obeyed in full, up to a
 * cap.
 *
 * @param attempts how often to try in all
 * @param base the first delay is at most this long
 * @param cap no delay is longer
 */
public record RetryPlan(int attempts, Duration base, Duration cap) {
  /** About a day of trying. */
  public static final RetryPlan STANDARD =
      new RetryPlan(12, Duration.ofSeconds(2), Duration.ofHours(4));

  private static final int DOUBLINGS_MAX = 30;

  public RetryPlan {
    if (attempts < 1 || base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "A retry plan needs at least one attempt and a cap above its base, not %d, %s and %s."
              .formatted(attempts, cap, base));
    }
  }

  /** Whether there is no attempt left after this one; attempts count from 1. */
  public boolean isSpent(int attempt) {
    return attempt >= attempts;
  }

  /**
   * The delay after an attempt.
   *
   * @param chance from 0 (inclusive) to 1 (exclusive)
   * @param asked what the target asked for; null when it did not
   */
  public Duration delay(int attempt, double chance, @Nullable Duration asked) {
    int doublings = Math.clamp(attempt - 1L, 0, DOUBLINGS_MAX);
    boolean capped = base.toMillis() > cap.toMillis() >> doublings;
    long ceiling = capped ? cap.toMillis() : base.toMillis() << doublings;
    var jittered = Duration.ofMillis((long) (Math.max(1, ceiling) * chance));
    var obeyed = obeyed(asked);
    return obeyed.compareTo(jittered) > 0 ? obeyed : jittered;
  }

  /** How long to wait because the target asked for it: in full, up to the cap. */
  public Duration obeyed(@Nullable Duration asked) {
    if (asked == null || asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(cap) > 0 ? cap : asked;
  }
}
