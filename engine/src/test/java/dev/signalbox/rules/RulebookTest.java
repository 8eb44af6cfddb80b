package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;
import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.kept.KeptRules;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulebookTest {
  @TempDir private Path folder;

  @Test
  void a_decision_names_the_ruleset_the_instant_and_the_rules_that_fired() {
    try (var rulebook = RulesetFolder.in(folder).load()) {
      var assessment = rulebook.assess(item().question());
      var severity = assessment.classification();
      assertThat(severity.ruleset()).isEqualTo(rulebook.digest());
      assertThat(severity.asOf()).isEqualTo(Given.AS_OF);
      assertThat(severity.fired()).containsExactly(new FiredRule("low", "It is low."));
      assertThat(severity.conflicts()).isEmpty();
      assertThat(severity.decision().severity()).isEqualTo(Severity.LOW);
      assertThat(severity.decision().sla()).isEqualTo(Duration.ofHours(168));
      assertThat(assessment.routing().decision())
          .isEqualTo(new Route(new QueueName("junior"), Lane.BATCH, null, null, false, List.of()));
    }
  }

  @Test
  void the_gravest_severity_counts_with_the_shortest_sla_said_for_it() {
    var ruleset =
        RulesetFolder.in(folder)
            .classify(
                rule("a", "Item()", "classify.severity(Severity.HIGH, 48);"),
                rule("b", "Item()", "classify.severity(Severity.HIGH, 36);"),
                rule("c", "Item()", "classify.severity(Severity.HIGH);"),
                rule("d", "Item()", "classify.severity(Severity.MEDIUM, 1);"));
    try (var rulebook = ruleset.load()) {
      var said = rulebook.assess(item().question()).classification().decision();
      assertThat(said.severity()).isEqualTo(Severity.HIGH);
      assertThat(said.sla()).isEqualTo(Duration.ofHours(36));
    }
  }

  @Test
  void the_route_of_the_highest_salience_counts_and_the_flags_of_all_rules() {
    var ruleset =
        RulesetFolder.in(folder)
            .route(
                rule("lower", 1, "Item()", "route.to(\"junior\"); route.flag(\"B\");"),
                rule(
                    "high",
                    2,
                    "Item()",
                    """
                    route.to("senior").immediate().target("jira").requiredRole("LEAD")
                         .exclusiveLock().skill("fx").assign("by-skill");
                    """),
                rule("mark", "Item()", "route.flag(\"A\");"));
    try (var rulebook = ruleset.load()) {
      var routing = rulebook.assess(item().question()).routing();
      assertThat(routing.decision())
          .isEqualTo(
              new Route(
                  new QueueName("senior"),
                  Lane.IMMEDIATE,
                  new TargetName("jira"),
                  "LEAD",
                  true,
                  List.of("A", "B"),
                  "fx",
                  AssignmentRule.BY_SKILL));
      assertThat(routing.fired())
          .extracting(FiredRule::id)
          .containsExactly("high", "lower", "mark");
      assertThat(routing.conflicts()).isEmpty();
    }
  }

  @Test
  void two_different_routes_of_one_salience_are_noted_and_the_first_id_counts() {
    var ruleset =
        RulesetFolder.in(folder)
            .route(
                rule("zebra", 5, "Item()", "route.to(\"senior\");"),
                rule("ape", 5, "Item()", "route.to(\"treasury\");"),
                rule("bear", 5, "Item()", "route.to(\"treasury\");"),
                rule("cat", 1, "Item()", "route.to(\"junior\");"));
    try (var rulebook = ruleset.load()) {
      var routing = rulebook.assess(item().question()).routing();
      assertThat(((Route) routing.decision()).queue()).isEqualTo(new QueueName("treasury"));
      assertThat(routing.conflicts())
          .containsExactly(
              "AMBIGUOUS: The rules ape and zebra have salience 5 and different routes;"
                  + " ape counts.");
    }
  }

  @Test
  void an_item_that_no_rule_routes_is_unrouted() {
    var ruleset =
        RulesetFolder.in(folder)
            .route(rule("never", "Item( recurrences > 9 )", "route.to(\"x\");"));
    try (var rulebook = ruleset.load()) {
      assertThat(rulebook.assess(item().question()).routing().decision())
          .isEqualTo(
              new Unrouted("UNROUTED: No rule of " + rulebook.label() + " routes the item."));
    }
  }

  @Test
  void an_item_that_no_rule_classifies_is_critical_and_still_routed() {
    var ruleset =
        RulesetFolder.in(folder)
            .classify(rule("never", "Item( recurrences > 9 )", "classify.severity(Severity.LOW);"));
    try (var rulebook = ruleset.load()) {
      var assessment = rulebook.assess(item().question());
      assertThat(assessment.classification().decision().severity()).isEqualTo(Severity.CRITICAL);
      assertThat(assessment.classification().conflicts())
          .containsExactly(
              "FAILED_CLOSED: No rule of " + rulebook.label() + " says how grave the item is.");
      assertThat(assessment.routing().decision()).isInstanceOf(Route.class);
    }
  }

  @Test
  void a_rule_of_classify_that_throws_makes_the_item_critical_and_unrouted() {
    var ruleset =
        RulesetFolder.in(folder)
            .classify(
                rule("low", "Item()", "classify.severity(Severity.LOW);"),
                rule("bad", "Item()", "classify.severity(Severity.LOW, 0);"));
    try (var rulebook = ruleset.load()) {
      var assessment = rulebook.assess(item().question());
      assertThat(assessment.classification().decision().severity()).isEqualTo(Severity.CRITICAL);
      assertThat(assessment.classification().decision().sla()).isEqualTo(Duration.ofHours(24));
      assertThat(assessment.classification().conflicts())
          .containsExactly(
              "FAILED_CLOSED: The rule bad failed with java.lang.IllegalArgumentException.");
      assertThat(assessment.routing().decision())
          .isEqualTo(
              new Unrouted(
                  "RULES_FAILED: The severity is not decided: The rule bad failed with"
                      + " java.lang.IllegalArgumentException."));
    }
  }

  @Test
  void a_condition_of_route_that_throws_leaves_the_item_unrouted_and_the_next_one_routed() {
    var ruleset =
        RulesetFolder.in(folder)
            .route(
                rule("fine", "Item()", "route.to(\"junior\");"),
                rule(
                    "bad",
                    "Item( amount == 7, parameters.amount(currency) > 0 )",
                    "route.to(\"senior\");"));
    try (var rulebook = ruleset.loadUnchecked()) {
      var bad = item().amount("7", "EUR").question();
      assertThat(rulebook.assess(bad).routing().decision())
          .isEqualTo(
              new Unrouted(
                  "RULES_FAILED: A condition failed with java.lang.IllegalArgumentException."));
      assertThat(rulebook.assess(item().question()).routing().decision()).isInstanceOf(Route.class);
    }
  }

  @Test
  void a_large_ruleset_passes_both_walls() {
    // The compiler makes classes of another shape of more than a thousand rules.
    var rules =
        IntStream.range(0, 1_100)
            .mapToObj(i ->
                rule(
                    "party-" + i,
                    "Item( counterparty.id == \"c-%d\" )".formatted(i),
                    "route.to(\"senior\");"))
            .toArray(String[]::new);
    try (var rulebook = RulesetFolder.in(folder).route(rules).load()) {
      var routing = rulebook.assess(item().with(null, false, false).question()).routing();
      assertThat(routing.fired()).extracting(FiredRule::id).containsExactly("party-1");
    }
  }

  @Test
  void more_rules_than_may_fire_for_one_item_are_broken_off() {
    // Each rule fires once for every way to meet it.
    int ways = 15;
    var either = String.join(" or ", Collections.nCopies(ways, "Item()"));
    var flags =
        IntStream.rangeClosed(0, WarmSession.FIRINGS_MAX / ways)
            .mapToObj(i -> rule("flag-" + i, either, "route.flag(\"X\");"))
            .toArray(String[]::new);
    try (var rulebook = RulesetFolder.in(folder).route(flags).load()) {
      assertThat(rulebook.assess(item().question()).routing().decision())
          .isEqualTo(new Unrouted("RULES_FAILED: More than 1000 rules fired for one item."));
    }
  }

  @Test
  void rules_that_take_too_long_are_broken_off() {
    var flags =
        IntStream.range(0, 64)
            .mapToObj(i -> rule("flag-" + i, "Item()", "route.flag(\"X\");"))
            .toArray(String[]::new);
    var ruleset = RulesetFolder.in(folder).route(flags);
    try (var point = point(ruleset, "route")) {
      // The rules themselves cannot be slow; who is told of each firing can.
      var firing =
          point.fire(
              new Routing(),
              any -> LockSupport.parkNanos(40_000_000),
              List.of(new Facts(manifest(ruleset)).of(item().question())));
      assertThat(firing.failure()).isEqualTo("The rules took longer than a second for one item.");
    }
  }

  @Test
  void rules_see_attributes_and_parameters() {
    var ruleset =
        RulesetFolder.in(folder)
            .with(
                "ruleset.yaml",
                """
                name: small
                description: For tests.
                owner: tests
                reportingCurrency: EUR
                ageThresholds: [24h]
                sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
                parameters:
                  amount: {limit: "99.99"}
                  duration: {young: 2d}
                  list: {channels: [SWIFT, SEPA]}
                  text: {country: NL}
                """)
            .route(
                rule(
                    "all",
                    """
                    Item( magnitude > parameters.amount("limit"),
                          transactionAgeHours < parameters.hours("young"),
                          attributes.text("payment.channel") memberOf parameters.list("channels"),
                          attributes.text("country") == parameters.text("country"),
                          attributes.number("fee") == 0.10B, attributes.flag("urgent"),
                          attributes.has("country"), !attributes.has("nothing") )
                    """,
                    "route.to(\"senior\");"));
    var tree =
        Map.<String, Object>of(
            "payment",
            Map.of("channel", "SWIFT"),
            "country",
            "NL",
            "fee",
            new BigDecimal("0.1"),
            "urgent",
            true);
    try (var rulebook = ruleset.load()) {
      assertThat(rulebook.assess(item().attributes(Map.copyOf(tree)).question()).routing().fired())
          .extracting(FiredRule::id)
          .containsExactly("all");
      assertThat(rulebook.assess(item().question()).routing().fired()).isEmpty();
    }
  }

  private static DecisionPoint point(RulesetFolder ruleset, String name) {
    var read =
        new DrlReading(Parameters.NONE, new ArrayList<>(), true)
            .read(name, RulesetFiles.of(ruleset.path()).in(name, ".drl"));
    var compiled = CompiledPoint.of(name, read.code(), KeptRules.NOWHERE, new ArrayList<>());
    return new DecisionPoint(name, Objects.requireNonNull(compiled), read.cards());
  }

  private static RulesetManifest manifest(RulesetFolder ruleset) {
    return RulesetManifest.read(RulesetFiles.of(ruleset.path()), new ArrayList<>());
  }
}
