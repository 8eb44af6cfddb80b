package dev.signalbox.journal;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.GateDecision;
import dev.signalbox.exceptions.Decision.LeftToPeople;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of what rules said, in storage. */
final class DecisionFields {

  private DecisionFields() {}

  static void write(Out out, Advice<? extends Decision> advice) {
    out.put("ruleset", advice.ruleset().hex()).put("asOf", advice.asOf());
    switch (advice.decision()) {
      case SeverityDecision said ->
          out.put("severity", said.severity())
              .put("sla", said.sla().toString())
              .put("redecideAt", said.redecideAt())
              .put("materiality", said.materiality())
              .put("calendarDue", said.calendarDue());
      case Route route -> writeRoute(out, route);
      case Unrouted unrouted -> out.put("unrouted", unrouted.reason());
      case Settled settled -> ResolutionFields.writeFacts(out, settled.resolution());
      case LeftToPeople left -> out.put("leftToPeople", true);
      case GateDecision gate -> out.put("verdict", gate.verdict()).put("causes", gate.causes());
      case ApprovalDecision approval -> writeApprovals(out, approval.needed());
      case FallbackDecision fallback -> FallbackFields.write(out, fallback);
    }
    out.beginList("fired");
    for (var rule : advice.fired()) {
      out.beginItem().put("id", rule.id()).put("because", rule.because()).end();
    }
    out.endList().put("conflicts", advice.conflicts());
  }

  static Advice<SeverityDecision> severity(In in) {
    return advice(
        in,
        new SeverityDecision(
            in.value(Severity.class, "severity"),
            Duration.parse(in.text("sla")),
            in.instantOrNull("redecideAt"),
            in.decimalOrNull("materiality"),
            in.instantOrNull("calendarDue")));
  }

  static Advice<RoutingDecision> routing(In in) {
    var unrouted = in.textOrNull("unrouted");
    return advice(in, unrouted == null ? route(in.object("route")) : new Unrouted(unrouted));
  }

  static Advice<Settled> settled(In in, In personal) {
    return advice(in, new Settled(ResolutionFields.read(in, personal)));
  }

  static Advice<ApprovalDecision> approvals(In in) {
    return advice(in, new ApprovalDecision(readApprovals(in)));
  }

  static List<Approval> readApprovals(In in) {
    return in.list("approvals", one -> new Approval(one.text("role"), one.text("why")));
  }

  static <D extends Decision> Advice<D> advice(In in, D decision) {
    return new Advice<>(
        new Sha256(in.text("ruleset")),
        in.instant("asOf"),
        decision,
        in.list("fired", rule -> new FiredRule(rule.text("id"), rule.text("because"))),
        in.texts("conflicts"));
  }

  static void writeApprovals(Out out, List<Approval> approvals) {
    out.beginList("approvals");
    for (var needed : approvals) {
      out.beginItem().put("role", needed.role()).put("why", needed.why()).end();
    }
    out.endList();
  }

  static void writeRoute(Out out, Route route) {
    out.begin("route").put("queue", route.queue().value()).put("lane", route.lane());
    if (route.target() != null) {
      out.put("target", route.target().value());
    }
    out.put("requiredRole", route.requiredRole())
        .put("exclusiveLock", route.exclusiveLock())
        .put("flags", route.flags())
        .put("skill", route.skill())
        .put("assign", route.assign())
        .end();
  }

  static Route route(In in) {
    var assign = in.textOrNull("assign");
    return new Route(
        new QueueName(in.text("queue")),
        in.value(Lane.class, "lane"),
        target(in.textOrNull("target")),
        in.textOrNull("requiredRole"),
        in.truth("exclusiveLock"),
        in.texts("flags"),
        in.textOrNull("skill"),
        assign == null ? null : AssignmentRule.valueOf(assign));
  }

  private static @Nullable TargetName target(@Nullable String name) {
    return name == null ? null : new TargetName(name);
  }
}
