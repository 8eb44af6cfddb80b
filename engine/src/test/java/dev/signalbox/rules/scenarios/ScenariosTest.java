package dev.signalbox.rules.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.RulesetFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScenariosTest {
  @TempDir private Path temporary;

  @Test
  void a_scenario_that_fails_says_what_is_different() {
    var report =
        run(
            """
            given: {amount: "5.00"}
            scenarios:
              - name: all wrong
                expect:
                  severity: HIGH
                  sla: 24h
                  redecideAfter: none
                  queue: senior
                  lane: RETRY
                  target: jira
                  exclusiveLock: true
                  flags: [B, A]
                  unrouted: true
                  fired: [never]
                  notFired: [low]
              - name: all right
                expect: {severity: LOW, queue: junior, flags: [], redecideAfter: 23h}
            """);
    assertThat(report.passed()).isFalse();
    assertThat(report.results()).extracting(ScenarioResult::passed).containsExactly(false, true);
    assertThat(report.failures().getFirst().differences())
        .containsExactly(
            "severity is LOW, expected HIGH.",
            "sla is 168h, expected 24h.",
            "redecideAfter is 23h, expected none.",
            "queue is junior, expected senior.",
            "lane is BATCH, expected RETRY.",
            "target is none, expected jira.",
            "exclusiveLock is false, expected true.",
            "flags is [], expected [A, B].",
            "unrouted is false, expected true.",
            "The rule never did not fire; [low, junior] did.",
            "The rule low fired.");
  }

  @Test
  void a_rule_that_no_scenario_fires_is_named() {
    var folder =
        RulesetFolder.in(temporary)
            .route(
                RulesetFolder.rule("junior", "Item()", "route.to(\"junior\");"),
                RulesetFolder.rule("big", "Item( magnitude > 9B )", "route.flag(\"BIG\");"))
            .with(
                "scenarios/all.yaml",
                """
                scenarios:
                  - {name: small, given: {amount: "5.00"}, expect: {queue: junior}}
                """);
    try (var rulebook = folder.load()) {
      var report = Scenarios.run(rulebook);
      assertThat(report.failures()).isEmpty();
      assertThat(report.neverFired()).containsExactly("big");
      assertThat(report.passed()).isFalse();
    }
  }

  @Test
  void a_ruleset_without_scenarios_has_not_passed() {
    try (var rulebook = RulesetFolder.in(temporary).load()) {
      assertThat(Scenarios.run(rulebook).passed()).isFalse();
    }
  }

  @Test
  void every_fault_of_a_scenario_is_told() {
    var folder =
        RulesetFolder.in(temporary)
            .with(
                "scenarios/bad.yaml",
                """
                scenarios:
                  - name: one
                    given: {amont: 5, reasonCode: NO, age: soon, currency: XXX}
                    expect: {severty: LOW}
                  - name: one
                    given: {counterparty: {riskTier: HUGE, restricted: yes please}}
                    expect: {}
                """);
    try (var rulebook = folder.load()) {
      var thrown = catchThrowableOfType(BadRuleset.class, () -> Scenarios.run(rulebook));
      assertThat(thrown.findings())
          .extracting(Finding::toString)
          .contains(
              "scenarios/bad.yaml: \"scenarios[0].given.amont\" is not a field; the fields here"
                  + " are age, amount, asOf, attributes, baseAmount, candidates, confidence,"
                  + " context, counterparty, currency, glAccount, proposal, reasonCode,"
                  + " recurrences, regulatory, source, sourceRef.",
              "scenarios/bad.yaml: \"scenarios[0].given.age\" needs a duration such as 24h, 7d or"
                  + " 23h59m.",
              "scenarios/bad.yaml: \"scenarios[0].given.currency\" is a currency of ISO 4217 with"
                  + " a minor unit, e.g. EUR.",
              "scenarios/bad.yaml: \"scenarios[1].name\" is that of another scenario.",
              "scenarios/bad.yaml: \"scenarios[1].given.counterparty.riskTier\" is one of [LOW,"
                  + " MEDIUM, HIGH, CRITICAL].",
              "scenarios/bad.yaml: \"scenarios[1].given.counterparty.restricted\" is true or"
                  + " false.",
              "scenarios/bad.yaml: \"scenarios[1].expect.\" expects nothing, so it cannot fail.");
    }
  }

  private ScenarioReport run(String scenarios) {
    var folder = RulesetFolder.in(temporary).with("scenarios/all.yaml", scenarios);
    try (var rulebook = folder.load()) {
      return Scenarios.run(rulebook, folder.path());
    }
  }
}
