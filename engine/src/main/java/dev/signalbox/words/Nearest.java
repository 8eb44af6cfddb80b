package dev.signalbox.words;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The known name that a mistyped one probably means. */
public final class Nearest {
  private static final int DISTANCE_MAX = 3;
  private static final int LENGTH_MAX = 40;

  private Nearest() {}

  /** Null when none is near. */
  public static @Nullable String to(String name, List<String> known) {
    if (name.length() > LENGTH_MAX) {
      return null;
    }
    String nearest = null;
    int best = DISTANCE_MAX + 1;
    for (var candidate : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < best && distance < candidate.length()) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** How many characters to insert, remove or replace (Levenshtein). */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + cost);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
