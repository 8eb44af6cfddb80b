package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a case is what it is: each decision with its ruleset, the rules that fired, and the facts.
 */
public final class ExplanationView {
  private final ObjectNode node = JsonNodeFactory.instance.objectNode();
  private final ArrayNode decisions;
  private @Nullable ExceptionCase state;
  private @Nullable Instant decidedAsOf;

  private ExplanationView(CaseId id) {
    node.put("id", id.toString());
    decisions = node.putArray("decisions");
  }

  public static ObjectNode of(CaseId id, List<JournalEntry> entries, Rulebook rules) {
    var view = new ExplanationView(id);
    entries.forEach(view::add);
    view.facts(rules);
    return view.node;
  }

  private void add(JournalEntry entry) {
    var event = entry.event();
    if (state != null) {
      state = state.after(event, entry.at());
    } else if (event instanceof CaseEvent.Opened opened) {
      state = ExceptionCase.from(opened, entry.at());
    }
    switch (event) {
      case CaseEvent.Classified e -> decision(entry.seq(), "classify", e.advice());
      case CaseEvent.Reclassified e -> decision(entry.seq(), "classify", e.advice());
      case CaseEvent.Routed e -> {
        decision(entry.seq(), "route", e.advice());
        if (e.fallback() != null) {
          decision(entry.seq(), "escalate", e.fallback());
        }
      }
      case CaseEvent.ResolutionProposed e -> decision(entry.seq(), "resolve", e.advice());
      case CaseEvent.ResolutionApproved e -> decision(entry.seq(), "approve", e.advice());
      default -> {}
    }
  }

  private void decision(long seq, String point, Advice<? extends Decision> advice) {
    decidedAsOf = advice.asOf();
    var shown =
        decisions
            .addObject()
            .put("seq", seq)
            .put("point", point)
            .put("ruleset", advice.ruleset().hex())
            .put("asOf", advice.asOf().toString());
    said(shown.putObject("decision"), advice.decision());
    var rules = shown.putArray("rules");
    advice
        .fired()
        .forEach(rule -> rules.addObject().put("id", rule.id()).put("because", rule.because()));
    advice.conflicts().forEach(shown.putArray("notes")::add);
  }

  private static void said(ObjectNode node, Decision decision) {
    switch (decision) {
      case Decision.SeverityDecision severity -> {
        node.put("severity", severity.severity().name()).put("sla", severity.sla().toString());
        if (severity.redecideAt() != null) {
          node.put("redecideAt", severity.redecideAt().toString());
        }
      }
      case Decision.Route route -> {
        node.put("queue", route.queue().value()).put("lane", route.lane().name());
        if (route.target() != null) {
          node.put("target", route.target().value());
        }
        if (route.requiredRole() != null) {
          node.put("requiredRole", route.requiredRole());
        }
        if (route.skill() != null) {
          node.put("skill", route.skill());
        }
        if (route.assign() != null) {
          node.put("assign", route.assign().word());
        }
        node.put("exclusiveLock", route.exclusiveLock());
        route.flags().forEach(node.putArray("flags")::add);
      }
      case Decision.Unrouted unrouted -> node.put("unrouted", unrouted.reason());
      case Decision.Settled settled ->
          ResolutionView.write(node.putObject("resolution"), settled.resolution());
      case Decision.LeftToPeople left -> node.put("leftToPeople", true);
      case Decision.GateDecision gate -> {
        node.put("verdict", gate.verdict().name());
        gate.causes().forEach(node.putArray("causes")::add);
      }
      case Decision.ApprovalDecision approval -> {
        var needed = node.putArray("approvals");
        approval
            .needed()
            .forEach(one -> needed.addObject().put("role", one.role()).put("why", one.why()));
      }
      case Decision.FallbackDecision fallback ->
          StandingView.chain(node.putArray("chain"), fallback);
    }
  }

  /** What the rules saw at the last decision. */
  private void facts(Rulebook rules) {
    if (state == null || decidedAsOf == null) {
      return;
    }
    var item = rules.facts(new Question(state.report(), state.detection(), decidedAsOf));
    var facts =
        node.putObject("facts")
            .put("context", item.context())
            .put("source", item.source())
            .put("reasonCode", item.reasonCode().name())
            .put("amount", item.amount().toPlainString())
            .put("currency", item.currency())
            .put("magnitude", item.magnitudeKnown() ? item.magnitude().toPlainString() : null)
            .put("magnitudeKnown", item.magnitudeKnown())
            .put("transactionAgeHours", item.transactionAgeHours())
            .put("confidence", item.confidence().toPlainString())
            .put("glAccount", item.glAccount())
            .put("candidates", item.candidates())
            .put("recurrences", item.recurrences());
    item.regulatory().forEach(facts.putArray("regulatory")::add);
    facts
        .putObject("counterparty")
        .put("id", item.counterparty().id())
        .put("riskTier", item.counterparty().riskTier().name())
        .put("restricted", item.counterparty().restricted())
        .put("trusted", item.counterparty().trusted())
        .put("known", item.counterparty().known());
  }
}
