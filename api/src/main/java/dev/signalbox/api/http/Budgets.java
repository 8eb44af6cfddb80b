package dev.signalbox.api.http;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much each caller may ask of what a node has outside in a minute, so that one of them cannot
 * use up the outside for all. A budget fills up steadily, never beyond a minute's worth. Each node
 * counts by itself; safe for many callers, never blocks.
 */
public final class Budgets {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int KEPT_MAX = 10_000;

  private final Map<String, Integer> perMinute;
  private final Map<Spender, Bucket> buckets = new ConcurrentHashMap<>();

  private record Spender(String budget, String caller) {}

  /**
   * The budgets.
   *
   * @param perMinute exceptions a minute and caller, by the budget's name; without an entry there
   *     is no bound
   */
  public Budgets(Map<String, Integer> perMinute) {
    this.perMinute = Map.copyOf(perMinute);
  }

  /**
   * Spends, as a whole or not at all. What is more than a whole minute's worth can never be had at
   * once: it is let through when the budget is full, and empties it.
   *
   * @param count how many exceptions
   * @return zero when it was spent; else when it is worth to ask again
   */
  public Duration spend(String budget, String caller, int count) {
    var most = perMinute.get(budget);
    if (most == null) {
      return Duration.ZERO;
    }
    if (buckets.size() >= KEPT_MAX) {
      buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= most);
    }
    var bucket = buckets.computeIfAbsent(new Spender(budget, caller), spender -> filled(most));
    var probe = bucket.tryConsumeAndReturnRemaining(Math.min(count, most));
    return probe.isConsumed()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
  }

  /** How many a minute; for the words of a refusal. */
  int perMinute(String budget) {
    return perMinute.getOrDefault(budget, Integer.MAX_VALUE);
  }

  private static Bucket filled(int most) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(most).refillGreedy(most, MINUTE))
        .build();
  }
}
