package dev.signalbox.adapters.jira;

import dev.signalbox.exceptions.DispatchId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The dispatches whose issue may exist although nobody said so, and since when. Held in memory: a
 * process that did not see the doubt begin lets its window begin anew, which is late and never
 * wrong.
 */
final class JiraDoubts {
  private static final int MANY = 1_000;

  private final Duration window;
  private final Map<DispatchId, Instant> since = new ConcurrentHashMap<>();

  JiraDoubts(Duration window) {
    this.window = window;
  }

  void raise(DispatchId dispatch, Instant now) {
    if (since.size() > MANY) {
      since.values().removeIf(begin -> begin.plus(window).isBefore(now));
    }
    since.put(dispatch, now);
  }

  void settle(DispatchId dispatch) {
    since.remove(dispatch);
  }

  /**
   * How long the search may still hide the issue; null when what it does not show is not there.
   *
   * @param certainlyDoubtful whether somebody else knows of a doubt, of unknown age
   */
  @Nullable Duration left(DispatchId dispatch, boolean certainlyDoubtful, Instant now) {
    if (certainlyDoubtful) {
      since.putIfAbsent(dispatch, now);
    }
    var begin = since.get(dispatch);
    if (begin == null || !begin.plus(window).isAfter(now)) {
      return null;
    }
    return Duration.between(now, begin.plus(window));
  }
}
