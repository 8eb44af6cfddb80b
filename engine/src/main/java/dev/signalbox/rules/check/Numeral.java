package dev.signalbox.rules.check;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number as an author writes it: 72, or an amount such as 100000B and 0.10B. */
record Numeral(String text) {
  private static final Pattern EXACT = Pattern.compile("(0|[1-9]\\d{0,37})(\\.\\d{1,18})?B");
  private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d{0,37}");
  private static final Pattern DECIMAL = Pattern.compile("(0|[1-9]\\d{0,37})\\.\\d{1,18}");

  String kind() {
    return text.endsWith("B") ? Terms.AMOUNT : Terms.WHOLE;
  }

  /** What is wrong with it; null when nothing is. */
  @Nullable String fault() {
    if (EXACT.matcher(text).matches()) {
      return null;
    }
    if (WHOLE.matcher(text).matches()) {
      return text.length() <= 10 && Long.parseLong(text) <= Integer.MAX_VALUE
          ? null
          : "The number %s is too large for a whole number; write %sB.".formatted(text, text);
    }
    if (DECIMAL.matcher(text).matches()) {
      return "The number %s is binary, and not exactly what it seems; write %sB."
          .formatted(text, text);
    }
    if (text.indexOf('_') >= 0) {
      return "The number %s has underscores; write %s.".formatted(text, text.replace("_", ""));
    }
    return "The number %s is refused; write 72 for a whole number, and 72B or 0.72B for an amount."
        .formatted(text);
  }
}
