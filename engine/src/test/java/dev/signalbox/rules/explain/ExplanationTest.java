package dev.signalbox.rules.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.rules.Given;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.explain.Explanation.Point;
import dev.signalbox.rules.scenarios.GivenFile;
import dev.signalbox.rules.scenarios.Scenarios;
import dev.signalbox.rules.written.WrittenRule;
import dev.signalbox.testkit.TestBox;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fired is what the rules engine says; what failed must agree with it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExplanationTest {
  private static final CurrencyCode EUR = new CurrencyCode("EUR");

  @TempDir private Path temporary;

  @Test
  void in_every_scenario_of_the_standard_ruleset_a_rule_fires_unless_a_condition_of_it_fails() {
    try (var rulebook = Rulesets.load(TestBox.standardRuleset())) {
      int rules = 0;
      for (var scenario : Scenarios.all(rulebook, rulebook.files())) {
        var explanation = Explanation.of(rulebook, scenario.question(), scenario.proposal());
        rules += agrees(scenario.name(), explanation);
      }
      assertThat(rules).isGreaterThan(5_000);
    }
  }

  /** One rule for each form that a condition may take, and thousands of items. */
  @Test
  void whatever_the_language_allows_comes_to_the_same_here_and_in_the_rules_engine() {
    var conditions =
        List.of(
            "Item( amount == 100B )",
            "Item( amount == 100.00B, magnitude != 7B )",
            "Item( amount < -1 || amount > 250.5B )",
            "Item( amount.abs() >= 100, amount.signum() == 1 )",
            "Item( amount.negate() < 5B && !(magnitude > 90B) )",
            "Item( magnitude * 2 > 150B, amount + magnitude != 0B )",
            "Item( (amount - 50) * 3 >= 150B )",
            "Item( $double : (amount * 2B), magnitude < $double )",
            "Item( candidates + recurrences == 2 )",
            "Item( candidates * 2000000000 > 0 )",
            "Item( transactionAgeHours * 2000000000 > 0, transactionAgeHours >= 1 )",
            "Item( transactionAgeHours > parameters.hours(\"wait\") )",
            "Item( magnitude >= parameters.amount(\"limit\") )",
            "Item( confidence >= parameters.number(\"sure\") )",
            "Item( currency in (\"EUR\", \"USD\") )",
            "Item( currency not in (\"EUR\", \"USD\") )",
            "Item( candidates in (1, 3), amount in (1, 100B) )",
            "Item( source memberOf parameters.list(\"banks\") )",
            "Item( source not memberOf parameters.list(\"banks\") )",
            "Item( regulatory contains \"SOX\" )",
            "Item( regulatory not contains \"SOX\", regulatory.size() < 2 )",
            "Item( source contains \"bank\" )",
            "Item( source str[startsWith] \"bank-\" )",
            "Item( source not str[endsWith] \"940\" )",
            "Item( source.startsWith(\"b\") || source.length() > 5 )",
            "Item( !source.isEmpty(), source.endsWith(\"x\"), source.contains(\"-\") )",
            "Item( currency.equalsIgnoreCase(\"usd\") )",
            "Item( parameters.anyIn(\"banks\", regulatory) || regulatory.isEmpty() )",
            "Item( attributes.has(\"pay.kind\"), attributes.text(\"pay.kind\") == \"SALA\" )",
            "Item( attributes.number(\"pay.fee\") > 1, !attributes.flag(\"pay.late\") )",
            "Item( attributes.flag(\"pay.late\") == true )",
            "Item( counterparty.trusted != counterparty.restricted )",
            "Item( counterparty.riskTier == PartyRisk.HIGH || counterparty.id == \"c-1\" )",
            "Item( counterpartyId == \"c-1\" )",
            "Item( reasonCode in (ReasonCode.DUPLICATE_RECORD, ReasonCode.OTHER) )",
            "Item( source == parameters.text(\"name\") )",
            "NearMatch( sameReference, score > 0.5B )",
            "Item( $a : amount, candidates > 0 ) NearMatch( difference < $a )",
            "$item : Item( candidates > 1 ) NearMatch( $r : ref ) NearMatch( ref != $r, score >= 0.5B )",
            "Item() not( NearMatch( sameReference ) )",
            "Item() exists( NearMatch( score > 0.7B ) )",
            "Item() exists( NearMatch( $s : score ) and NearMatch( score > $s ) )",
            "Item() not( NearMatch( $s : score ) and NearMatch( score > $s ) )",
            "( Item( magnitude > 90B ) or NearMatch( score == 1B ) )",
            "Item() ( NearMatch( sameReference ) or not( NearMatch() ) )",
            "( ( Item( candidates == 1 ) and NearMatch( sameReference ) ) or Item( recurrences > 1 ) )",
            "Classified( severity != Severity.LOW )",
            "Item( candidates == 2 ) not( NearMatch( !sameReference ) )");
    var rules = new ArrayList<String>();
    for (int i = 0; i < conditions.size(); i++) {
      rules.add(
          RulesetFolder.rule(
              "r" + i, 1_000 - i, conditions.get(i), "resolve.knownDifference(\"x\");"));
    }
    var folder =
        RulesetFolder.in(temporary)
            .with(
                "ruleset.yaml",
                """
                name: zoo
                description: For tests.
                owner: tests
                reportingCurrency: EUR
                sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
                parameters:
                  amount: {limit: "100"}
                  number: {sure: "0.5"}
                  duration: {wait: 24h}
                  list: {banks: [bank-a, bank-x]}
                  text: {name: bank-a}
                """)
            .classify(
                RulesetFolder.rule("low", "Item()", "classify.severity(Severity.LOW);"),
                RulesetFolder.rule(
                    "high", "Item( magnitude > 100B )", "classify.severity(Severity.HIGH);"))
            .resolve(rules.toArray(String[]::new));
    try (var rulebook = folder.load()) {
      var random = new Random(42);
      var fired = new TreeMap<String, Integer>();
      for (int i = 0; i < 2_000; i++) {
        var given = given(random);
        var explanation = explained(rulebook, given);
        agrees(given, explanation);
        explanation
            .points()
            .forEach(
                point -> point.fired().forEach(rule -> fired.merge(rule.id(), 1, Integer::sum)));
      }
      // Each was tried both ways.
      for (int i = 0; i < conditions.size(); i++) {
        assertThat(fired.getOrDefault("r" + i, 0)).as(conditions.get(i)).isBetween(1, 1_999);
      }
    }
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String given(Random random) {
    var near = new ArrayList<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      near.add(
          "{ref: L-%d, reference: \"%d\", amount: \"%s\", score: \"%s\"}"
              .formatted(
                  i,
                  random.nextInt(2),
                  one(random, List.of("100.00", "50", "-3")),
                  one(random, List.of("0", "0.5", "0.75", "1.00"))));
    }
    return """
    {reasonCode: %s, amount: "%s", currency: %s, source: %s, age: %dh, recurrences: %d,
     confidence: "%s", regulatory: %s, candidates: [%s],
     counterparty: {id: %s, restricted: %s, trusted: %s, riskTier: %s},
     attributes: {pay: %s}}
    """
        .formatted(
            one(random, List.of("DUPLICATE_RECORD", "OTHER", "NO_CANDIDATE")),
            one(random, List.of("100", "100.00", "-100", "99.99", "250.51", "-2", "1", "50")),
            one(random, List.of("EUR", "EUR", "USD", "CHF")),
            one(random, List.of("bank-a", "bank-x", "ledger", "b", "mt940")),
            one(random, List.of(0, 1, 2, 24, 25)),
            random.nextInt(3),
            one(random, List.of("0", "0.5", "0.50", "0.9")),
            one(random, List.of("[]", "[SOX]", "[AML, SOX]", "[bank-a]")),
            String.join(", ", near),
            one(random, List.of("c-1", "c-2")),
            random.nextBoolean(),
            random.nextBoolean(),
            one(random, List.of("HIGH", "LOW")),
            one(
                random,
                List.of("{}", "{kind: SALA, fee: 2.5}", "{late: true}", "{kind: X, fee: 1}")));
  }

  private static Explanation explained(Rulebook rulebook, String given) {
    var read = GivenFile.read("given", given.getBytes(StandardCharsets.UTF_8), EUR, null);
    return Explanation.of(rulebook, read.question(), read.proposal());
  }

  /** Every rule that fired has no condition that fails, and every other one has; how many rules. */
  private static int agrees(String what, Explanation explanation) {
    int rules = 0;
    for (var point : explanation.points()) {
      for (WrittenRule rule : point.fired()) {
        assertThat(Explanation.failed(rule, point.facts())).as("%s: %s", what, rule.id()).isNull();
        rules++;
      }
      for (var silent : point.silent()) {
        assertThat(silent.failed()).as("%s: %s", what, silent.rule().id()).isNotNull();
        rules++;
      }
    }
    return rules;
  }

  @Test
  void the_first_condition_that_fails_is_named_with_its_place_and_what_was_there() {
    var folder =
        RulesetFolder.in(temporary)
            .resolve(
                """
                rule "alone"
                  @id("alone") @owner("tests") @because("It is alone.")
                when
                  // Which of them?
                  Item( currency == "EUR", $a : amount,
                        magnitude > 90B, regulatory contains "SOX" )
                then
                  resolve.knownDifference("x");
                end
                """,
                RulesetFolder.rule(
                    "near",
                    "NearMatch( sameReference, score >= 0.9B )",
                    "resolve.knownDifference(\"x\");"),
                RulesetFolder.rule(
                    "none", "Item() not( NearMatch() )", "resolve.knownDifference(\"x\");"),
                RulesetFolder.rule(
                    "either",
                    "( Item( amount == 5B ) or Item( currency == \"USD\" ) )",
                    "resolve.knownDifference(\"x\");"));
    try (var rulebook = folder.load()) {
      var question =
          Given.item()
              .question(
                  new Candidate("L-1", null, null, null, new BigDecimal("0.8"), "1"),
                  new Candidate("L-2", null, null, null, new BigDecimal("0.7"), "1"));
      var resolve = point(Explanation.of(rulebook, question, null), "resolve");

      assertThat(resolve.silent())
          .extracting(silent -> requireNonNull(silent.failed()).condition())
          .containsExactly(
              "regulatory contains \"SOX\"",
              "score >= 0.9B",
              "not ( NearMatch() )",
              "( Item(amount == 5B) or Item(currency == \"USD\") )");
      assertThat(resolve.silent())
          .extracting(silent -> requireNonNull(silent.failed()).place().toString())
          .containsExactly(
              "resolve/rules.drl:10:26: rule \"alone\": regulatory is [].",
              "resolve/rules.drl:20:29: rule \"near\": NearMatch for none of 2: score is 0.8; score"
                  + " is 0.7.",
              "resolve/rules.drl:30:15: rule \"none\": There is such a NearMatch.",
              "resolve/rules.drl:40:5: rule \"either\": None of its 2 ways is met.");
    }
  }

  private static Point point(Explanation explanation, String name) {
    return explanation.points().stream()
        .filter(point -> point.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
