package dev.signalbox.work;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How work goes back that was leased and is not done.
 *
 * @param delay how long nobody may lease it
 * @param unknown whether the attempt may have arrived
 * @param counts whether the attempt is one of those that the retry plan allows
 * @param held why people see it as held; null when it only waits
 */
public record PutBack(Duration delay, boolean unknown, boolean counts, @Nullable String held) {

  /** It is tried again after a while. */
  public static PutBack later(Duration delay, boolean unknown) {
    return new PutBack(delay, unknown, true, null);
  }

  /** The attempt only looked for an earlier one, which may still show itself. */
  public static PutBack lookAgain(Duration delay) {
    return new PutBack(delay, true, false, null);
  }

  /** The target is down. */
  public static PutBack held(Duration delay, boolean unknown, String reason) {
    return new PutBack(delay, unknown, false, reason);
  }

  /** The attempt was broken off, and anybody may make another. */
  public static PutBack brokenOff() {
    return new PutBack(Duration.ZERO, true, false, null);
  }
}
