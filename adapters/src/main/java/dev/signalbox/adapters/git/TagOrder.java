package dev.signalbox.adapters.git;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Names of tags by their parts: numbers as numbers, all else as text. */
final class TagOrder implements Comparator<String> {
  private static final Pattern BORDER = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

  @Override
  public int compare(String one, String other) {
    var a = BORDER.split(one, -1);
    var b = BORDER.split(other, -1);
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order =
          isNumber(a[i]) && isNumber(b[i])
              ? new BigInteger(a[i]).compareTo(new BigInteger(b[i]))
              : a[i].compareTo(b[i]);
      if (order != 0) {
        return order;
      }
    }
    int length = Integer.compare(a.length, b.length);
    return length != 0 ? length : one.compareTo(other);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
