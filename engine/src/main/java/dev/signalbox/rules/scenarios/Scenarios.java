package dev.signalbox.rules.scenarios;

import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Runs the scenarios of a ruleset: its own tests, beside its rules. */
public final class Scenarios {

  private Scenarios() {}

  /** Runs the scenarios that the rulebook's own files hold. */
  public static ScenarioReport run(Rulebook rulebook) {
    return run(rulebook, rulebook.files());
  }

  /**
   * Runs the scenarios of a ruleset's folder against a rulebook, which may be of another version.
   *
   * @throws BadRuleset when a scenario cannot be read
   */
  public static ScenarioReport run(Rulebook rulebook, Path folder) {
    return run(rulebook, RulesetFiles.of(folder));
  }

  private static ScenarioReport run(Rulebook rulebook, RulesetFiles files) {
    var results = new ArrayList<ScenarioResult>();
    for (var scenario : all(rulebook, files)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("The scenarios were broken off.");
      }
      results.add(scenario.tried(rulebook));
    }
    var never = new TreeSet<>(rulebook.ruleIds());
    results.forEach(result -> result.fired().forEach(never::remove));
    return new ScenarioReport(results, List.copyOf(never));
  }

  /**
   * What is told of the rules that no scenario fires.
   *
   * @param fired the ids of the others
   */
  public static List<Finding> unfired(Rulebook rulebook, Set<String> fired) {
    return rulebook.rules().stream()
        .filter(rule -> !fired.contains(rule.id()))
        .map(rule ->
            new Finding(
                rule.file(),
                rule.line(),
                0,
                rule.name(),
                "No scenario fires %s; add one.".formatted(rule.id())))
        .toList();
  }

  /**
   * The scenarios of a ruleset's files, for a rulebook.
   *
   * @throws BadRuleset when a scenario cannot be read
   */
  public static List<Scenario> all(Rulebook rulebook, RulesetFiles files) {
    return ScenarioReading.read(files, rulebook.reportingCurrency());
  }
}
