package dev.signalbox.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Instants as text: RFC 3339 with an offset; where allowed, a bare date. */
public final class Instants {
  private static final int YEAR_MIN = 1900;
  private static final int YEAR_MAX = 2200;
  private static final int DATE_LENGTH = 10;

  private Instants() {}

  /**
   * Reads an instant, in microseconds.
   *
   * @param orDate whether a bare date counts, from its start in UTC
   * @throws IllegalArgumentException in words for the sender
   */
  public static Instant parse(String text, boolean orDate) {
    try {
      var at =
          orDate && text.length() == DATE_LENGTH
              ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
              : OffsetDateTime.parse(text);
      if (at.getYear() >= YEAR_MIN && at.getYear() <= YEAR_MAX) {
        return at.toInstant().truncatedTo(ChronoUnit.MICROS);
      }
    } catch (DateTimeException e) {
      throw wrong(text, orDate, e);
    }
    throw wrong(text, orDate, null);
  }

  private static IllegalArgumentException wrong(
      String text, boolean orDate, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "\"%s\" is not an instant like \"2026-03-01T09:30:00Z\"%s, in the years %d to %d."
            .formatted(
                ReportText.shortened(text),
                orDate ? " or a date like \"2026-03-01\"" : "",
                YEAR_MIN,
                YEAR_MAX),
        cause);
  }
}
