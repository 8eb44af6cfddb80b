package dev.signalbox.rules.scenarios;

import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scenario of a ruleset: a question, and what is expected of the answer.
 *
 * @param file the path of its file below the ruleset's folder
 * @param line where it begins in that file, from 1
 * @param proposal a resolution that somebody proposes; null when the scenario gives none
 */
public record Scenario(
    String file,
    int line,
    String name,
    Question question,
    @Nullable ProposalQuestion proposal,
    Expectation expectation) {

  /** Puts the question to a rulebook. */
  public ScenarioResult tried(Rulebook rulebook) {
    var answers = Answers.of(rulebook, question, proposal);
    return new ScenarioResult(
        file, line, name, answers.fired(), List.copyOf(expectation.differences(answers)));
  }
}
