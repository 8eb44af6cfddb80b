package dev.signalbox.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a bound. */
public final class Until {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private Until() {}

  public static void holds(BooleanSupplier condition) {
    holds(BOUND, condition);
  }

  public static void holds(Duration bound, BooleanSupplier condition) {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("The condition did not hold within " + bound + ".");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
