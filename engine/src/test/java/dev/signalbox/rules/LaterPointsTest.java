package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;
import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.GateDecision;
import dev.signalbox.exceptions.Decision.GateDecision.Verdict;
import dev.signalbox.exceptions.Decision.LeftToPeople;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.FallbackStep;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.facts.Proposer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules can say at the points after the route, and what counts when they do not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LaterPointsTest {
  private static final List<FallbackStep> STEPS =
      List.of(
          new FallbackStep.Remind(Duration.ofHours(24)),
          new FallbackStep.Reassign(Duration.ofHours(48), new QueueName("secondary")),
          new FallbackStep.DeadLetter(Duration.ofHours(72), new QueueName("compliance")));

  @TempDir private Path temporary;
  private RulesetFolder folder;

  @BeforeEach
  void create() {
    folder = RulesetFolder.in(temporary);
  }

  @Test
  void without_rules_every_point_fails_closed() {
    try (var rulebook = folder.load()) {
      assertThat(resolve(rulebook).decision()).isEqualTo(new LeftToPeople());
      var gate = rulebook.gate(proposal(), Severity.LOW);
      assertThat(gate.decision())
          .isEqualTo(new GateDecision(Verdict.REVIEW, List.of("There are no rules in gate/.")));
      assertThat(gate.conflicts()).containsExactly("FAILED_CLOSED: There are no rules in gate/.");
      assertThat(rulebook.approve(proposal(), Severity.LOW).decision().needed())
          .containsExactly(new Approval("APPROVER", "There are no rules in approve/."));
      var fallback = escalate(rulebook);
      assertThat(fallback.decision().chain()).isEqualTo(STEPS);
      assertThat(fallback.decision().at())
          .isEqualTo(STEPS.stream().map(one -> fallback.asOf().plus(one.after())).toList());
      assertThat(fallback.conflicts()).as("the default is nobody's fault").isEmpty();
      assertThat(escalate(rulebook).ruleset()).isEqualTo(rulebook.digest());
    }
  }

  @Test
  void rules_that_fail_are_as_none() {
    var never = "Item( parameters.text(attributes.text(\"x\")) == \"y\" )";
    folder
        .with("ruleset.yaml", manifest("highestRole: HEAD"))
        .resolve(rule("a", "Item()", "resolve.match(\"unheard-of\");"))
        .gate(rule("b", "Item()", "gate.accept();"), rule("c", never, "gate.accept();"))
        .approve(rule("d", "Item()", "approve.byNobody();"), rule("e", never, "approve.by(\"A\");"))
        .escalate(rule("f", "Item()", "escalate.remind(5).remind(5);"));
    try (var rulebook = Rulesets.unchecked(RulesetFiles.of(folder.path()))) {
      assertThat(resolve(rulebook).decision()).isEqualTo(new LeftToPeople());
      assertThat(resolve(rulebook).conflicts().getFirst()).startsWith("FAILED_CLOSED: The rule a");
      assertThat(rulebook.gate(proposal(), Severity.LOW).decision().verdict())
          .isEqualTo(Verdict.REVIEW);
      assertThat(rulebook.approve(proposal(), Severity.LOW).decision().needed())
          .extracting(Approval::role)
          .containsExactly("HEAD");
      assertThat(escalate(rulebook).decision().chain()).isEqualTo(STEPS);
      assertThat(escalate(rulebook).conflicts())
          .containsExactly("FAILED_CLOSED: The steps of a fallback chain ascend in time.");
    }
  }

  @Test
  void rules_that_say_nothing_are_as_none_but_need_not_settle_anything() {
    folder
        .resolve(rule("a", "Item( false )", "resolve.knownDifference(\"x\");"))
        .gate(rule("b", "Item( false )", "gate.accept();"))
        .approve(rule("c", "Item( false )", "approve.byNobody();"))
        .escalate(rule("d", "Item( false )", "escalate.remind(1);"));
    try (var rulebook = folder.load()) {
      assertThat(resolve(rulebook)).extracting(Advice::decision).isEqualTo(new LeftToPeople());
      assertThat(resolve(rulebook).conflicts()).isEmpty();
      assertThat(rulebook.gate(proposal(), Severity.LOW).decision().causes().getFirst())
          .startsWith("No rule of");
      assertThat(rulebook.approve(proposal(), Severity.LOW).decision().needed()).hasSize(1);
      assertThat(escalate(rulebook).decision().chain()).isEqualTo(STEPS);
    }
  }

  @Test
  void a_resolution_of_the_highest_salience_counts_and_a_tie_leaves_it_to_people() {
    folder.resolve(
        rule("least", 1, "NearMatch( $ref : ref )", "resolve.match($ref);"),
        rule("high", 2, "Item( amount > 5B )", "resolve.knownDifference(\"small\", 48);"),
        rule("tie", 2, "Item( amount > 500B )", "resolve.knownDifference(\"other\");"));
    try (var rulebook = folder.load()) {
      assertThat(resolve(rulebook, "2", candidate("L-1")).decision())
          .isEqualTo(new Settled(new Resolution.AutoMatch("L-1")));
      assertThat(resolve(rulebook, "2", candidate("L-1"), candidate("L-2")).decision())
          .isEqualTo(new LeftToPeople());
      assertThat(resolve(rulebook, "6", candidate("L-1")).decision())
          .isEqualTo(
              new Settled(
                  new Resolution.KnownDifference("small", Given.AS_OF.plus(Duration.ofHours(48)))));
      assertThat(resolve(rulebook, "600").conflicts())
          .containsExactly(
              "AMBIGUOUS: The rules high and tie have salience 2 and different resolutions; people"
                  + " decide.");
    }
  }

  @Test
  void rules_see_how_near_a_candidate_comes() {
    folder.resolve(
        rule(
            "same",
            "NearMatch( sameReference, difference == 0.00B, $r : ref )",
            "resolve.match($r);"));
    try (var rulebook = folder.load()) {
      var money = Money.of("100.0", "EUR");
      Function<Candidate, Object> said =
          candidate -> resolve(rulebook, "100.00", candidate).decision();
      var match = new Settled(new Resolution.AutoMatch("L"));
      assertThat(said.apply(candidate(money, " REF-9 "))).isEqualTo(match);
      assertThat(said.apply(candidate(money, "1"))).as("its sourceRef").isEqualTo(match);
      for (var other :
          List.of(
              candidate(money, null),
              candidate(money, " "),
              candidate(null, "ref-9"),
              candidate(Money.of("-100", "EUR"), "ref-9"),
              candidate(Money.of("100.00000001", "EUR"), "ref-9"),
              candidate(Money.of("100", "USD"), "ref-9"))) {
        assertThat(said.apply(other)).as("%s", other).isEqualTo(new LeftToPeople());
      }
    }
  }

  @Test
  void the_strictest_verdict_counts_with_the_causes_of_all_who_gave_it() {
    folder.gate(
        rule("fine", "Proposal( confidence >= 0.9B )", "gate.accept();"),
        rule("far", "Proposal( !candidateKnown )", "gate.review();"),
        rule("wide", 3, "Proposal( kind == ResolutionKind.FORCE_MATCH )", "gate.review();"),
        rule("never", "Proposal( kind == ResolutionKind.WRITE_OFF )", "gate.reject();"));
    try (var rulebook = folder.load()) {
      assertThat(
              rulebook.gate(proposal(ResolutionKind.SPLIT, null, "L-1"), Severity.LOW).decision())
          .isEqualTo(new GateDecision(Verdict.ACCEPT, List.of("It is fine.")));
      assertThat(
              rulebook
                  .gate(proposal(ResolutionKind.FORCE_MATCH, null, null), Severity.LOW)
                  .decision())
          .isEqualTo(new GateDecision(Verdict.REVIEW, List.of("It is wide.", "It is far.")));
      assertThat(
              rulebook
                  .gate(proposal(ResolutionKind.WRITE_OFF, null, null), Severity.LOW)
                  .decision())
          .isEqualTo(new GateDecision(Verdict.REJECT, List.of("It is never.")));
    }
  }

  @Test
  void all_approvals_are_needed_and_nobody_counts_only_alone() {
    folder.approve(
        rule("none", "Item()", "approve.byNobody();"),
        rule("b", "Proposal( magnitude >= 1000B )", "approve.by(\"SENIOR\");"),
        rule("a", "Proposal( magnitude > 1000B )", "approve.by(\"SENIOR\");"),
        rule("c", "Proposal( magnitude > 1000B, role == \"ANALYST\" )", "approve.by(\"CHIEF\");"));
    try (var rulebook = folder.load()) {
      Function<String, ApprovalDecision> said =
          amount ->
              rulebook
                  .approve(
                      proposal(ResolutionKind.ADJUSTMENT, Money.of(amount, "EUR"), null),
                      Severity.LOW)
                  .decision();
      assertThat(said.apply("-999.99").needed()).isEmpty();
      assertThat(said.apply("-1000").needed()).containsExactly(new Approval("SENIOR", "It is b."));
      assertThat(said.apply("1000.01").needed())
          .containsExactly(new Approval("CHIEF", "It is c."), new Approval("SENIOR", "It is a."));
      assertThat(
              rulebook
                  .approve(
                      proposal(ResolutionKind.ADJUSTMENT, Money.of("1", "USD"), null), Severity.LOW)
                  .decision()
                  .needed())
          .as("an amount that nobody converted may be large")
          .hasSize(2);
    }
  }

  @Test
  void the_chain_of_the_highest_salience_counts_whole() {
    folder.escalate(
        rule("usual", "Item()", "escalate.remind(24).deadLetter(72, \"ops\");"),
        rule(
            "grave",
            5,
            "Classified( severity == Severity.CRITICAL ) Waiting( queue == \"junior\","
                + " lane == Lane.BATCH )",
            "escalate.reassign(1, \"senior\");"),
        rule("same", 5, "Item( amount == 7B )", "escalate.reassign(2, \"senior\");"));
    try (var rulebook = folder.load()) {
      var usual = escalate(rulebook);
      assertThat(usual.decision().chain())
          .containsExactly(
              new FallbackStep.Remind(Duration.ofHours(24)),
              new FallbackStep.DeadLetter(Duration.ofHours(72), new QueueName("ops")));
      assertThat(usual.fired()).containsExactly(new FiredRule("usual", "It is usual."));
      var grave = rulebook.escalate(given("7").question(), Severity.CRITICAL, route());
      assertThat(grave.decision().chain())
          .containsExactly(new FallbackStep.Reassign(Duration.ofHours(1), new QueueName("senior")));
      assertThat(grave.conflicts())
          .containsExactly(
              "AMBIGUOUS: The rules grave and same have salience 5 and different chains; grave"
                  + " counts.");
    }
  }

  private static Advice<?> resolve(Rulebook rulebook) {
    return resolve(rulebook, "100");
  }

  private static Advice<?> resolve(Rulebook rulebook, String amount, Candidate... candidates) {
    return rulebook.resolve(given(amount).question(candidates), Severity.LOW);
  }

  private static Advice<FallbackDecision> escalate(Rulebook rulebook) {
    return rulebook.escalate(item().question(), Severity.LOW, route());
  }

  private static Given given(String amount) {
    return item().amount(amount, "EUR").attributes(Map.of("reference", "ref-9"));
  }

  private static Route route() {
    return new Route(new QueueName("junior"), Lane.BATCH, null, null, false, List.of());
  }

  private static Candidate candidate(String ref) {
    return new Candidate(ref, null, null, null, null, null);
  }

  private static Candidate candidate(@Nullable Money money, @Nullable String reference) {
    return new Candidate("L", null, money, null, null, reference);
  }

  private static ProposalQuestion proposal() {
    return proposal(ResolutionKind.FORCE_MATCH, null, null);
  }

  private static ProposalQuestion proposal(
      ResolutionKind kind, @Nullable Money money, @Nullable String candidate) {
    return new ProposalQuestion(
        item().question(candidate("L-1")),
        kind,
        Proposer.INFERENCE,
        money,
        candidate,
        "ANALYST",
        "m-1",
        new BigDecimal("0.9"));
  }

  private static String manifest(String more) {
    return """
    name: small
    description: For tests.
    owner: tests
    reportingCurrency: EUR
    sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
    """
        + more
        + "\n";
  }
}
