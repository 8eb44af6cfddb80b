package dev.signalbox.ops.standin;

import java.time.Duration;
import java.util.Random;

/**
 * When a stand-in misbehaves: now and then a 500, a 429 or a hang, and once an outage that is long
 * enough for a breaker to open. Decided by a seed and the number of the request.
 */
final class Mishaps {
  private static final int OUTAGE_AFTER = 25;
  private static final Duration OUTAGE = Duration.ofSeconds(4);

  private final Random random;
  private int requests;
  private long outageEnds;

  /** What to do with a request. */
  enum Mishap {
    NONE,
    SERVER_ERROR,
    TOO_MANY,
    HANG,
    OUTAGE
  }

  Mishaps(long seed) {
    random = new Random(seed);
  }

  synchronized Mishap next() {
    requests++;
    if (requests == OUTAGE_AFTER) {
      outageEnds = System.nanoTime() + OUTAGE.toNanos();
    }
    if (requests >= OUTAGE_AFTER && System.nanoTime() < outageEnds) {
      return Mishap.OUTAGE;
    }
    double chance = random.nextDouble();
    if (chance < 0.05) {
      return Mishap.SERVER_ERROR;
    }
    if (chance < 0.08) {
      return Mishap.TOO_MANY;
    }
    return chance < 0.09 ? Mishap.HANG : Mishap.NONE;
  }

  synchronized double chance() {
    return random.nextDouble();
  }
}
