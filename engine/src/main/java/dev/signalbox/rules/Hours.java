package dev.signalbox.rules;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as rule authors write them: {@code 24h}, {@code 7d}, {@code 23h59m}. */
public final class Hours {
  public static final String FORM = "a duration such as 24h, 7d or 23h59m";

  private static final Pattern TEXT =
      Pattern.compile(
          "(-)?(?=\\d)(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  private Hours() {}

  /** Null when the text is none. */
  public static @Nullable Duration parse(String text) {
    var found = TEXT.matcher(text);
    if (!found.matches()) {
      return null;
    }
    var duration =
        Duration.ofDays(number(found.group(2)))
            .plusHours(number(found.group(3)))
            .plusMinutes(number(found.group(4)))
            .plusSeconds(number(found.group(5)));
    return found.group(1) == null ? duration : duration.negated();
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The shortest form: {@code 120h}, {@code 23h59m}, {@code 0h}. */
  public static String format(Duration duration) {
    var sign = duration.isNegative() ? "-" : "";
    var of = duration.abs();
    var minutes = of.toMinutesPart() == 0 ? "" : of.toMinutesPart() + "m";
    var seconds = of.toSecondsPart() == 0 ? "" : of.toSecondsPart() + "s";
    var hours = of.toHours() == 0 && !(minutes + seconds).isEmpty() ? "" : of.toHours() + "h";
    return sign + hours + minutes + seconds;
  }
}
