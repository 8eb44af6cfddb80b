package dev.signalbox.recall;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which exceptions are looked at, and how far their journals: the same stretch holds the same
 * moments for ever, whatever happens afterwards.
 *
 * @param since exceptions first reported from here on
 * @param until exceptions reported, and moments, before this
 * @param context one context; null for all
 */
public record Stretch(Instant since, Instant until, @Nullable String context) {
  public Stretch {
    if (!since.isBefore(until)) {
      throw new IllegalArgumentException(
          "There is nothing from %s until %s.".formatted(since, until));
    }
  }

  /** All that was recorded before an instant. */
  public static Stretch allBefore(Instant until) {
    return new Stretch(Instant.EPOCH, until, null);
  }
}
