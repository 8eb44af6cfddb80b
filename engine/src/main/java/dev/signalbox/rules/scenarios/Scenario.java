package dev.signalbox.rules.scenarios;

import dev.signalbox.exceptions.Assessment;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.util.List;
import java.util.stream.Stream;

/**
 * One scenario of a ruleset: a question, and what is expected of the answer.
 *
 * @param file the path of its file below the ruleset's folder
 */
public record Scenario(String file, String name, Question question, Expectation expectation) {

  /** Puts the question to a rulebook. */
  public ScenarioResult tried(Rulebook rulebook) {
    return result(rulebook.assess(question));
  }

  private ScenarioResult result(Assessment assessment) {
    var fired =
        Stream.concat(
                assessment.classification().fired().stream(), assessment.routing().fired().stream())
            .map(rule -> rule.id())
            .toList();
    return new ScenarioResult(
        file, name, fired, List.copyOf(expectation.differences(question, assessment, fired)));
  }
}
