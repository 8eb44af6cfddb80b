package dev.signalbox.desk;

import java.time.Duration;
import java.util.Map;

/**
 * How many new exceptions one source may open in a window of time, per context. Off for a context
 * that has no cap. What exceeds a cap is held back whole, not lost.
 */
public record StormGuard(Map<String, Cap> caps) {

  /**
   * A cap.
   *
   * @param opened at most so many new exceptions of one source
   * @param window in any stretch of this length
   */
  public record Cap(int opened, Duration window) {
    public Cap {
      if (opened < 1 || !window.isPositive()) {
        throw new IllegalArgumentException(
            "A storm guard allows at least one exception in a positive window, not %d in %s."
                .formatted(opened, window));
      }
    }
  }

  public StormGuard {
    caps = Map.copyOf(caps);
  }

  public static StormGuard off() {
    return new StormGuard(Map.of());
  }

  boolean isGuarded(String context) {
    return caps.containsKey(context);
  }

  Cap capOf(StormTallyTable.Source source) {
    var cap = caps.get(source.context());
    if (cap == null) {
      throw new IllegalStateException("The context " + source.context() + " is not guarded.");
    }
    return cap;
  }
}
