package dev.signalbox.ops.bench;

import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Classify and route with the standard ruleset, on one core. */
final class RulesBench {
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(4);

  private RulesBench() {}

  static Measure run(Rulebook rules, Reports reports, Instant now) {
    var questions =
        reports.read().stream()
            .map(report ->
                new Question(
                    report,
                    Detection.first(report.detectedAt() == null ? now : report.detectedAt()),
                    now))
            .toList();
    perSecond(questions, rules::assess, WARM_UP);
    perSecond(questions, StandardByHand::assess, WARM_UP);
    double byHand = perSecond(questions, StandardByHand::assess, MEASURED);
    double byRules = perSecond(questions, rules::assess, MEASURED);
    return new Measure.Limit(byHand, "the same decisions in hand-written Java")
        .of(
            "(c) classify and route, one core",
            byRules,
            "decisions/s",
            "%s, %d rules".formatted(rules.label(), rules.ruleIds().size()));
  }

  static double perSecond(
      List<Question> questions, Function<Question, Assessment> asked, Duration time) {
    long began = System.nanoTime();
    long decided = 0;
    long flags = 0;
    while (System.nanoTime() - began < time.toNanos()) {
      for (var question : questions) {
        flags += asked.apply(question).classification().decision().severity().rank();
      }
      decided += questions.size();
    }
    if (flags < 0) {
      throw new IllegalStateException("Severities count from zero.");
    }
    return decided / ((System.nanoTime() - began) / 1e9);
  }
}
