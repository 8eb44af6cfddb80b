package dev.signalbox.testkit;

import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Runs a property with many seeds. The seeds are the same in every run, so that a failure stays;
 * {@code -Dsignalbox.seed=N} runs one of them alone.
 */
public final class Seeds {
  private static final String ONLY = "signalbox.seed";

  private Seeds() {}

  /**
   * Runs the property with the seeds 1, 2, and so on.
   *
   * @throws AssertionError naming the seed, when the property fails for it
   */
  public static void each(int count, Consumer<Random> property) {
    seeds(count)
        .forEach(seed -> {
          try {
            property.accept(new Random(seed));
          } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                "Failed with seed %d; run it alone with -D%s=%d. %s"
                    .formatted(seed, ONLY, seed, e.getMessage()),
                e);
          }
        });
  }

  private static LongStream seeds(int count) {
    var only = Long.getLong(ONLY);
    return only == null ? IntStream.rangeClosed(1, count).asLongStream() : LongStream.of(only);
  }
}
