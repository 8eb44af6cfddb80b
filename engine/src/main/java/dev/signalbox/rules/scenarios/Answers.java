package dev.signalbox.rules.scenarios;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.GateDecision;
import dev.signalbox.exceptions.Decision.ResolutionDecision;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.FallbackStep;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.rules.Hours;
import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.facts.Proposer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all decision points say to one scenario.
 *
 * @param asOf what the rules took for now
 * @param gate null unless the scenario gives a proposal of inference
 * @param approval of the proposal, or else of what rules settle; null where there is neither
 * @param fallback null when the item is not routed
 */
public record Answers(
    Instant asOf,
    Assessment assessment,
    Advice<ResolutionDecision> resolution,
    @Nullable Advice<GateDecision> gate,
    @Nullable Advice<ApprovalDecision> approval,
    @Nullable Advice<FallbackDecision> fallback) {
  static final String NONE = "none";

  /** Asks all decision points that there is something to ask. */
  public static Answers of(
      Rulebook rulebook, Question question, @Nullable ProposalQuestion proposal) {
    var assessment = rulebook.assess(question);
    var severity = assessment.classification().decision().severity();
    var settlement = rulebook.settle(question, severity);
    Advice<ApprovalDecision> approval = null;
    if (proposal != null) {
      approval = rulebook.approve(proposal, severity);
    } else if (settlement != null) {
      approval = settlement.approval();
    }
    return new Answers(
        question.asOf(),
        assessment,
        rulebook.resolve(question, severity),
        proposal != null && proposal.proposer() == Proposer.INFERENCE
            ? rulebook.gate(proposal, severity)
            : null,
        approval,
        assessment.routing().decision() instanceof Route route
            ? rulebook.escalate(question, severity, route)
            : null);
  }

  /** The ids of the rules that fired, point after point. */
  List<String> fired() {
    return Stream.of(
            assessment.classification(), assessment.routing(), resolution, gate, approval, fallback)
        .filter(Objects::nonNull)
        .flatMap(advice -> advice.fired().stream())
        .map(rule -> rule.id())
        .toList();
  }

  /** By the name of the field in a scenario, as text. */
  Map<String, String> said() {
    var said = new LinkedHashMap<String, String>();
    saidAt().values().forEach(said::putAll);
    return said;
  }

  /** What was said at each decision point that was asked, as {@link #said}. */
  public Map<String, Map<String, String>> saidAt() {
    var said = new LinkedHashMap<String, Map<String, String>>();
    said.put("classify", severity(assessment.classification().decision()));
    said.put("route", routing(assessment.routing()));
    said.put(
        "resolve",
        resolution.decision() instanceof Settled settled
            ? resolution(settled.resolution())
            : Map.of());
    if (gate != null) {
      var words = new LinkedHashMap<String, String>();
      words.put("verdict", gate.decision().verdict().name());
      words.put("causes", gate.decision().causes().stream().sorted().toList().toString());
      said.put("gate", words);
    }
    if (approval != null) {
      var roles = approval.decision().needed().stream().map(Approval::role).toList();
      said.put("approve", Map.of("approvals", roles.toString()));
    }
    if (fallback != null) {
      var chain = fallback.decision().chain().stream().map(Answers::step).toList();
      var words = new LinkedHashMap<String, String>();
      words.put("chain", chain.toString());
      if (assessment.classification().decision().calendarDue() != null) {
        words.put("chainAt", fallback.decision().at().toString());
      }
      said.put("escalate", words);
    }
    return said;
  }

  private Map<String, String> severity(SeverityDecision severity) {
    var said = new LinkedHashMap<String, String>();
    said.put("severity", severity.severity().name());
    said.put("sla", Hours.format(severity.sla()));
    if (severity.redecideAt() != null) {
      said.put("redecideAfter", Hours.format(Duration.between(asOf, severity.redecideAt())));
    }
    if (severity.calendarDue() != null) {
      said.put("dueAt", severity.calendarDue().toString());
    }
    return said;
  }

  private static Map<String, String> routing(Advice<RoutingDecision> advice) {
    var said = new LinkedHashMap<String, String>();
    said.put("ambiguous", String.valueOf(!advice.conflicts().isEmpty()));
    said.put("unrouted", String.valueOf(advice.decision() instanceof Unrouted));
    if (advice.decision() instanceof Route route) {
      said.put("queue", route.queue().value());
      said.put("lane", route.lane().name());
      said.put("target", route.target() == null ? NONE : route.target().value());
      said.put("requiredRole", route.requiredRole() == null ? NONE : route.requiredRole());
      said.put("exclusiveLock", String.valueOf(route.exclusiveLock()));
      said.put("skill", route.skill() == null ? NONE : route.skill());
      said.put("assign", route.assign() == null ? NONE : route.assign().word());
      said.put("flags", route.flags().stream().sorted().toList().toString());
    }
    return said;
  }

  private Map<String, String> resolution(Resolution resolution) {
    var said = new LinkedHashMap<String, String>();
    said.put("resolution", resolution.kind().name());
    if (resolution instanceof Resolution.AutoMatch match) {
      said.put("candidate", match.candidate());
    }
    if (resolution instanceof Resolution.KnownDifference known && known.expiresAt() != null) {
      said.put("expiresAfter", Hours.format(Duration.between(asOf, known.expiresAt())));
    }
    return said;
  }

  private static String step(FallbackStep step) {
    return Hours.format(step.after())
        + switch (step) {
          case FallbackStep.Remind remind -> " REMIND";
          case FallbackStep.Reassign to -> " REASSIGN " + to.queue();
          case FallbackStep.DeadLetter to -> " DEAD_LETTER " + to.queue();
        };
  }
}
