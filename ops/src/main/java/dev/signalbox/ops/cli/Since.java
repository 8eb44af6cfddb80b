package dev.signalbox.ops.cli;

import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.rules.Hours;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A point in the past, as people give it: an instant, or how long ago. */
final class Since {

  private Since() {}

  /**
   * Reads it.
   *
   * @throws BadSettings when it is neither, or lies ahead
   */
  static Instant of(String text, Instant now) {
    var ago = Hours.parse(text);
    if (ago != null && !ago.isNegative() && !ago.isZero()) {
      return now.minus(ago);
    }
    try {
      var at = Instant.parse(text);
      if (at.isBefore(now)) {
        return at;
      }
    } catch (DateTimeParseException e) {
      throw neither(text);
    }
    throw new BadSettings("\"%s\" lies ahead; there is nothing since then.".formatted(text));
  }

  private static BadSettings neither(String text) {
    return new BadSettings(
        "\"%s\" is neither an instant such as 2026-03-02T06:00:00Z nor %s."
            .formatted(text, Hours.FORM));
  }
}
