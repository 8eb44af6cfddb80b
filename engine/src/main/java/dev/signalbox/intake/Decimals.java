package dev.signalbox.intake;

import java.math.BigDecimal;

/** Decimals as text: a sign, digits, a point, digits; nothing else. */
final class Decimals {
  static final int LENGTH_MAX = 100;

  private Decimals() {}

  /**
   * Reads a decimal; digits are counted before any arithmetic.
   *
   * @throws IllegalArgumentException in words for the sender
   */
  static BigDecimal parse(String text, int maxDigits, int maxDecimals) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = text.indexOf('.');
    int integerEnd = point < 0 ? text.length() : point;
    int decimals = point < 0 ? 0 : text.length() - point - 1;
    if (!areDigits(text, from, integerEnd)
        || (point >= 0 && !areDigits(text, point + 1, text.length()))) {
      throw new IllegalArgumentException(
          "\"%s\" is not a decimal like \"-1234.56\".".formatted(ReportText.shortened(text)));
    }
    int integers = integerEnd - from;
    if (integers + decimals > maxDigits) {
      throw new IllegalArgumentException(
          "The number has %d digits; at most %d are possible."
              .formatted(integers + decimals, maxDigits));
    }
    if (decimals > maxDecimals) {
      throw new IllegalArgumentException(
          "The number has %d decimals; at most %d are possible.".formatted(decimals, maxDecimals));
    }
    return new BigDecimal(text);
  }

  private static boolean areDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from;
  }
}
