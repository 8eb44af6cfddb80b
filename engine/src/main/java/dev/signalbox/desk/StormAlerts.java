package dev.signalbox.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Tells one storm from the next: a source that is held back is worth one alert in its window. */
final class StormAlerts {
  private final Map<StormTallyTable.Source, Instant> quietUntil = new HashMap<>();

  /** Whether somebody is to be alerted, rather than knows already. */
  synchronized boolean isNews(StormTallyTable.Source source, Duration window, Instant now) {
    var until = quietUntil.get(source);
    if (until != null && now.isBefore(until)) {
      return false;
    }
    quietUntil.values().removeIf(end -> !now.isBefore(end));
    quietUntil.put(source, now.plus(window));
    return true;
  }
}
