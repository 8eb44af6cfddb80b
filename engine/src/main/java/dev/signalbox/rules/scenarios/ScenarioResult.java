package dev.signalbox.rules.scenarios;

import java.util.List;

/**
 * How one scenario went.
 *
 * @param file the path of its file below the ruleset's folder
 * @param line where it begins in that file, from 1
 * @param fired the ids of the rules that fired
 * @param differences what was not as expected, a sentence each; empty when it passed
 */
public record ScenarioResult(
    String file, int line, String name, List<String> fired, List<String> differences) {
  public ScenarioResult {
    fired = List.copyOf(fired);
    differences = List.copyOf(differences);
  }

  public boolean passed() {
    return differences.isEmpty();
  }

  /** One line when it passed, and one for each difference when it did not. */
  @Override
  public String toString() {
    return "%s: %s: %s".formatted(file, name, passed() ? "passed" : String.join(" ", differences));
  }
}
