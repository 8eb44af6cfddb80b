package dev.signalbox.rules.scenarios;

import static dev.signalbox.rules.RulesetFolder.rule;
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

/** Parameters that differ by context, and amounts at the rate of their day. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContextsAndRatesTest {
  private static final String MANIFEST =
      """
      name: small
      description: For tests.
      owner: tests
      reportingCurrency: EUR
      sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
      """;

  @TempDir private Path temporary;

  @Test
  void a_context_has_its_own_values_and_else_those_of_all() {
    var folder =
        folder(
                """
                parameters:
                  amount: {limit: "100", other: "7"}
                  number: {sure: "0.9"}
                  duration: {wait: 2h}
                  list: {regimes: [AML]}
                  text: {queue: junior}
                  role: {boss: SENIOR}
                contexts:
                  cards:
                    parameters:
                      amount: {limit: "10"}
                      number: {sure: "0.5"}
                      duration: {wait: 1h}
                      list: {regimes: [SOX]}
                      text: {queue: cards}
                      role: {boss: HEAD}
                """)
            .route(
                rule("usual", "Item( $queue : parameters.text(\"queue\") )", "route.to($queue);"),
                rule(
                    "limit",
                    "Item( magnitude >= parameters.amount(\"limit\") )",
                    "route.flag(\"LARGE\");"),
                rule(
                    "other",
                    "Item( magnitude == parameters.amount(\"other\") )",
                    "route.flag(\"SEVEN\");"),
                rule(
                    "sure",
                    "Item( confidence >= parameters.number(\"sure\") )",
                    "route.flag(\"SURE\");"),
                rule(
                    "wait",
                    "Item( transactionAgeHours >= parameters.hours(\"wait\") )",
                    "route.flag(\"OLD\");"),
                rule(
                    "regimes",
                    "Item( parameters.anyIn(\"regimes\", regulatory) )",
                    "route.flag(\"REGIME\");"))
            .approve(
                rule("boss", "Item( $boss : parameters.role(\"boss\") )", "approve.by($boss);"))
            .with(
                "scenarios/all.yaml",
                """
                given:
                  {amount: "50", confidence: "0.7", age: 1h, regulatory: [SOX], proposal: {kind: SPLIT}}
                scenarios:
                  - name: everywhere
                    expect: {queue: junior, flags: [], approvals: [SENIOR]}
                  - name: everywhere, on the limits
                    given: {amount: "100", confidence: "0.9", age: 2h, regulatory: [AML]}
                    expect: {flags: [LARGE, OLD, REGIME, SURE]}
                  - name: cards
                    given: {context: cards}
                    expect: {queue: cards, flags: [LARGE, OLD, REGIME, SURE], approvals: [HEAD]}
                  - name: what cards do not set
                    given: {context: cards, amount: "7"}
                    expect: {flags: [OLD, REGIME, SEVEN, SURE]}
                """);
    passes(folder);
  }

  @Test
  void an_amount_is_converted_at_the_rate_of_its_day_and_without_one_nobody_knows_it() {
    var folder =
        folder(
                """
                rates:
                  USD: {2026-03-01: "0.5", 2026-04-01: "2"}
                """)
            .route(
                rule("unknown", "Item( !magnitudeKnown )", "route.to(\"treasury\");"),
                rule("large", "Item( magnitudeKnown, magnitude >= 50B )", "route.to(\"senior\");"),
                rule("small", "Item( magnitude < 50B )", "route.to(\"junior\");"))
            .approve(
                rule("a", "Proposal( magnitude >= 50B )", "approve.by(\"SENIOR\");"),
                rule("b", "Proposal( magnitude < 50B )", "approve.byNobody();"))
            .with(
                "scenarios/all.yaml",
                """
                given: {asOf: "2026-04-02T00:00:00Z", currency: USD, amount: "-99.99"}
                scenarios:
                  - name: of the newest rate
                    expect: {queue: senior}
                  - name: of the first instant of the newest rate
                    given: {age: 24h}
                    expect: {queue: senior}
                  - name: of the rate before
                    given: {age: 24h1m}
                    expect: {queue: junior}
                  - name: of the rate before, on the threshold
                    given: {age: 24h1m, amount: "100"}
                    expect: {queue: senior}
                  - name: of the first day
                    given: {age: 768h}
                    expect: {queue: junior}
                  - name: before any rate
                    given: {age: 768h1m}
                    expect: {queue: treasury}
                  - name: of another currency
                    given: {currency: KWD}
                    expect: {queue: treasury}
                  - name: what the sender says counts
                    given: {baseAmount: "1.00"}
                    expect: {queue: junior}
                  - name: in the reporting currency
                    given: {currency: EUR, amount: "49.99"}
                    expect: {queue: junior}
                  - name: what is proposed is converted too
                    given: {currency: EUR, proposal: {kind: ADJUSTMENT, amount: "24.99", currency: USD}}
                    expect: {approvals: []}
                  - name: what is proposed is converted too, on the threshold
                    given: {currency: EUR, proposal: {kind: ADJUSTMENT, amount: "25", currency: USD}}
                    expect: {approvals: [SENIOR]}
                """);
    passes(folder);
  }

  @Test
  void every_fault_of_contexts_and_rates_is_told() {
    var folder =
        folder(
            """
            parameters: {amount: {limit: "5"}}
            contexts:
              cards: {parameters: {amount: {limt: "5", limit: much}, text: {limit: x}}, owner: me}
            rates:
              EUR: {2026-01-01: "1"}
              XXX: {2026-01-01: "1"}
              USD: {2026-13-01: "1", 2026-01-02: "0", 2026-01-03: cheap}
            """);
    var thrown = catchThrowableOfType(BadRuleset.class, () -> folder.load().close());
    assertThat(thrown.findings())
        .extracting(Finding::toString)
        .containsExactlyInAnyOrder(
            "ruleset.yaml: \"contexts.cards.owner\" is not a field; the fields here are"
                + " calendar, parameters.",
            "ruleset.yaml: \"contexts.cards.parameters.amount.limt\" is set for one context only;"
                + " set it for all in \"parameters\" first.",
            "ruleset.yaml: \"contexts.cards.parameters.amount.limit\" needs a decimal number such"
                + " as 1250.00.",
            "ruleset.yaml: \"contexts.cards.parameters.text.limit\" is set for one context only;"
                + " set it for all in \"parameters\" first.",
            "ruleset.yaml: \"rates.EUR\" is the reporting currency, which needs no rate.",
            "ruleset.yaml: \"rates.XXX\" is no currency of ISO 4217 with a minor unit, e.g. USD.",
            "ruleset.yaml: \"rates.USD.2026-13-01\" is no day such as 2026-01-01.",
            "ruleset.yaml: \"rates.USD.2026-01-02\" needs a rate above 0.",
            "ruleset.yaml: \"rates.USD.2026-01-03\" needs a decimal number such as 1250.00.",
            "ruleset.yaml: \"rates.USD.2026-01-03\" needs a rate above 0.");
  }

  private RulesetFolder folder(String more) {
    return RulesetFolder.in(temporary).with("ruleset.yaml", MANIFEST + more);
  }

  private static void passes(RulesetFolder folder) {
    try (var rulebook = folder.load()) {
      var report = Scenarios.run(rulebook);
      assertThat(report.failures()).isEmpty();
      assertThat(report.results()).isNotEmpty();
    }
  }
}
