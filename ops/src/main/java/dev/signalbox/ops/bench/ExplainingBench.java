package dev.signalbox.ops.bench;

import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.explain.Explanation;
import java.time.Duration;
import java.util.List;

/** What it costs that decisions can be explained, and one explanation with all silent rules. */
final class ExplainingBench {
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration SLICE = Duration.ofMillis(500);
  private static final int ROUNDS = 5;
  private static final int EXPLANATIONS_MIN = 5;
  private static final double MILLIS = 1_000;

  private final Rulebook rulebook;
  private final List<Question> questions;

  ExplainingBench(Rulebook rulebook, List<Question> questions) {
    this.rulebook = rulebook;
    this.questions = questions;
  }

  List<Measure> run() {
    return List.of(told(), explained());
  }

  /** By turns, so that what else the machine does harms both. */
  private Measure told() {
    var untold = rulebook.untold();
    perSecond(untold, WARM_UP);
    double with = 0;
    double without = 0;
    for (int i = 0; i < ROUNDS; i++) {
      with = Math.max(with, perSecond(rulebook, SLICE));
      without = Math.max(without, perSecond(untold, SLICE));
    }
    return new Measure.Limit(without, "the same, and nobody learns which rules fired")
        .of(
            "(c) %,d rules, telling which fired".formatted(rulebook.rules().size()),
            with,
            "decisions/s",
            "%.2f µs each, and %.2f µs without".formatted(1e6 / with, 1e6 / without));
  }

  private double perSecond(Rulebook asked, Duration time) {
    return RulesBench.perSecond(questions, asked::assess, time);
  }

  /** With the first failed condition of each rule that stayed silent, at all decision points. */
  private Measure explained() {
    double decided = perSecond(rulebook, SLICE);
    explanations(WARM_UP);
    double explained = explanations(WARM_UP);
    return new Measure.Limit(decided, "decisions alone, in the same run")
        .of(
            "(c) %,d rules, explained one by one".formatted(rulebook.rules().size()),
            explained,
            "explanations/s",
            "%.2f ms each".formatted(MILLIS / explained));
  }

  private double explanations(Duration time) {
    long began = System.nanoTime();
    int done = 0;
    while (done < EXPLANATIONS_MIN || System.nanoTime() - began < time.toNanos()) {
      var question = questions.get(done % questions.size());
      if (Explanation.of(rulebook, question, null).points().isEmpty()) {
        throw new IllegalStateException("Every item is decided at some point.");
      }
      done++;
    }
    return done / ((System.nanoTime() - began) / 1e9);
  }
}
