package dev.signalbox.rules.explain;

import dev.signalbox.rules.Finding;
import java.util.List;

/**
 * The first condition of a rule that no fact meets.
 *
 * @param condition as it is written
 * @param place where it stands, and in one sentence what was there instead
 * @param seen what it compares
 */
public record Failed(String condition, Finding place, List<Seen> seen) {
  public Failed {
    seen = List.copyOf(seen);
  }

  /** A value that a condition compares. */
  public record Seen(String expression, Object value) {}
}
