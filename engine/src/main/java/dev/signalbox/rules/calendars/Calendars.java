package dev.signalbox.rules.calendars;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calendar counts in which context.
 *
 * @param usual where a context names none; null where the clock runs around
 * @param contexts of those that name one; null values are those where the clock runs around
 */
public record Calendars(
    @Nullable WorkCalendar usual, Map<String, @Nullable WorkCalendar> contexts) {
  public Calendars {
    contexts = Collections.unmodifiableMap(new HashMap<>(contexts));
  }

  /** The calendar of a context; null where the clock runs around. */
  public @Nullable WorkCalendar of(String context) {
    return contexts.containsKey(context) ? contexts.get(context) : usual;
  }
}
