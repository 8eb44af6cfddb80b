package dev.signalbox.rules.scenarios;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the scenarios of a ruleset went.
 *
 * @param neverFired the ids of rules that no scenario fires
 */
public record ScenarioReport(List<ScenarioResult> results, List<String> neverFired) {
  public ScenarioReport {
    results = List.copyOf(results);
    neverFired = List.copyOf(neverFired);
  }

  /** Whether every scenario passed, and there was one for every rule. */
  public boolean passed() {
    return !results.isEmpty() && failures().isEmpty() && neverFired.isEmpty();
  }

  /** The ids of the rules that some scenario fires. */
  public Set<String> fired() {
    return results.stream().flatMap(result -> result.fired().stream()).collect(Collectors.toSet());
  }

  public List<ScenarioResult> failures() {
    return results.stream().filter(result -> !result.passed()).toList();
  }
}
