package dev.signalbox.adapters.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
public final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("0*(\\d{1,18})\\d*");

  /** More than this is as good as never (RFC 9111, 1.2.2), whatever was said. */
  private static final long SECONDS_MAX = 1L << 31;

  private RetryAfter() {}

  /** How long to wait; zero for a date that has passed, null for what cannot be read. */
  public static @Nullable Duration parse(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    var text = value.strip();
    var seconds = SECONDS.matcher(text);
    if (seconds.matches()) {
      return Duration.ofSeconds(Math.min(SECONDS_MAX, Long.parseLong(seconds.group(1))));
    }
    try {
      return until(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(), now);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** From now to then, and not less than nothing. */
  public static Duration until(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
  }
}
