package dev.signalbox.rules.hits;

import java.time.Duration;

/**
 * How long the rules of a decision point took on this node.
 *
 * @param asked how many questions they were asked since they were loaded
 * @param mean for one question, on average; zero before the first
 * @param p50 half of the questions took no longer; up to an eighth too much
 * @param p99 of a hundred questions one took longer; up to an eighth too much
 * @param slowest for the one that took longest; the first ones are slow
 */
public record Timing(long asked, Duration mean, Duration p50, Duration p99, Duration slowest) {

  /** Counts times in steps that grow with them, each by an eighth. For one thread at a time. */
  public static final class Counter {
    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;

    private final long[] steps = new long[(Long.SIZE - PARTS_BITS) * PARTS];
    private long asked;
    private long nanos;
    private long slowest;

    /** One more question. */
    public void add(long time) {
      steps[step(time)]++;
      asked++;
      nanos += time;
      slowest = Math.max(slowest, time);
    }

    /** What was counted so far. */
    public Timing timing() {
      return new Timing(
          asked,
          Duration.ofNanos(asked == 0 ? 0 : nanos / asked),
          within(50),
          within(99),
          Duration.ofNanos(slowest));
    }

    private Duration within(int percent) {
      long rank = (asked * percent + 99) / 100;
      long seen = 0;
      for (int step = 0; step < steps.length; step++) {
        seen += steps[step];
        if (seen >= rank && seen > 0) {
          return Duration.ofNanos(Math.min(last(step), slowest));
        }
      }
      return Duration.ZERO;
    }

    /** Small times have steps of their own; of others, the leading bits count. */
    private static int step(long time) {
      if (time < PARTS) {
        return (int) Math.max(0, time);
      }
      int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(time) - PARTS_BITS;
      return shift * PARTS + (int) (time >>> shift);
    }

    /** The longest time of a step. */
    private static long last(int step) {
      int shift = Math.max(0, step / PARTS - 1);
      return ((long) (step - shift * PARTS + 1) << shift) - 1;
    }
  }
}
