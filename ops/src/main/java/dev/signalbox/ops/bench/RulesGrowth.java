package dev.signalbox.ops.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.exceptions.Detection;
import dev.signalbox.ops.generate.ReportGenerator;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.Rulesets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What more rules cost: rulesets of 20, 200 and 2,000 rules, each for one counterparty, as it is in
 * most that grow.
 */
final class RulesGrowth {
  private static final List<Integer> SIZES = List.of(20, 200, 2_000);
  private static final int QUESTIONS = 4_000;
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(2);
  private static final double MEGA = 1e6;

  private static final String MANIFEST =
      """
      name: counterparties
      description: One rule for each counterparty.
      owner: bench
      reportingCurrency: EUR
      ageThresholds: [24h]
      sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
      """;
  private static final String HEAD =
      """
      package %s
      import dev.signalbox.exceptions.*
      import dev.signalbox.rules.facts.*
      global dev.signalbox.rules.%s %s
      """;

  private final Instant now;
  private final List<Measure> measures = new ArrayList<>();
  private double first;

  private RulesGrowth(Instant now) {
    this.now = now;
  }

  static List<Measure> run(Instant now) {
    var growth = new RulesGrowth(now);
    // What is measured first would pay for the compiler itself.
    Rulesets.load(ruleset(SIZES.getFirst())).close();
    SIZES.forEach(growth::measure);
    return List.copyOf(growth.measures);
  }

  private void measure(int rules) {
    var files = ruleset(rules);
    long before = held();
    long start = System.nanoTime();
    try (var rulebook = Rulesets.load(files)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      double megabytes = (held() - before) / MEGA;
      var questions = questions(rules);
      perSecond(rulebook, questions, WARM_UP);
      double perSecond = perSecond(rulebook, questions, MEASURED);
      first = first == 0 ? perSecond : first;
      measures.add(
          new Measure.Limit(first, "the same with 20 rules")
              .of(
                  "(c) %,d rules, one for a counterparty".formatted(rules),
                  perSecond,
                  "decisions/s",
                  "compiled in %.1f s, %.1f MB of heap held".formatted(seconds, megabytes))
              .aimingAt(1.0 / 3, null));
      measures.addAll(new ExplainingBench(rulebook, questions).run());
    }
  }

  private static RulesetFiles ruleset(int rules) {
    var files = new TreeMap<String, byte[]>();
    files.put("ruleset.yaml", MANIFEST.getBytes(UTF_8));
    var classify = new StringBuilder(HEAD.formatted("classify", "Classifying", "classify"));
    rule(classify, "low", "Item()", "classify.severity(Severity.LOW);");
    files.put("classify/rules.drl", classify.toString().getBytes(UTF_8));
    var route = new StringBuilder(HEAD.formatted("route", "Routing", "route"));
    for (int i = 0; i < rules - 1; i++) {
      var condition = "Item( counterpartyId == \"cp-%d\" )".formatted(i);
      rule(route, "party-" + i, condition, "route.to(\"desk-%d\");".formatted(i % 20));
    }
    files.put("route/rules.drl", route.toString().getBytes(UTF_8));
    return RulesetFiles.of("counterparties", files);
  }

  private static void rule(StringBuilder rules, String id, String when, String then) {
    rules.append(
        """
        rule "%s" @id("%s") @owner("bench") @because("It is %s.")
        when %s
        then %s
        end
        """
            .formatted(id, id, id, when, then));
  }

  /** Of counterparties that have a rule. */
  private List<Question> questions(int rules) {
    var generator = new ReportGenerator(77, now);
    var lines = new ArrayList<byte[]>();
    for (int i = 0; i < QUESTIONS; i++) {
      var report = generator.next().put("sourceRef", "growth/" + i);
      report.putObject("counterparty").put("id", "cp-" + i % (rules - 1));
      lines.add(report.toString().getBytes(UTF_8));
    }
    return new Reports(lines)
        .read().stream().map(report -> new Question(report, Detection.first(now), now)).toList();
  }

  private static double perSecond(Rulebook rules, List<Question> questions, Duration time) {
    return RulesBench.perSecond(questions, rules::assess, time);
  }

  private static long held() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
