package dev.signalbox.audit;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Settlement;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Occasion;
import dev.signalbox.recall.Proposed;
import dev.signalbox.rules.Hours;
import dev.signalbox.rules.Rulebook;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One moment, or one proposal, decided again, under the ruleset that decided it. */
final class Redecision {
  private static final String TO_PEOPLE = "left to people";

  private final CaseId exception;
  private final long seq;
  private final List<Difference> differences = new ArrayList<>();

  private Redecision(CaseId exception, long seq) {
    this.exception = exception;
    this.seq = seq;
  }

  /** What comes out otherwise; empty when nothing does. */
  static List<Difference> differences(Moment moment, Rulebook rulebook) {
    var redecision = new Redecision(moment.exception(), moment.seq());
    redecision.compare(moment, rulebook);
    return redecision.differences;
  }

  static List<Difference> differences(Proposed proposed, Rulebook rulebook) {
    var redecision = new Redecision(proposed.exception(), proposed.seq());
    var now = rulebook.approve(proposed.question(), proposed.severity());
    redecision.compare(Point.APPROVALS, proposed.approval(), now);
    return redecision.differences;
  }

  private void compare(Moment moment, Rulebook rulebook) {
    var now = rulebook.assess(moment.question());
    compare(Point.SEVERITY, moment.said().classification(), now.classification());
    compare(Point.ROUTE, moment.said().routing(), now.routing());
    if (moment.said().fallback() != null && now.routing().decision() instanceof Route route) {
      var severity = now.classification().decision().severity();
      compare(
          Point.FALLBACK,
          moment.said().fallback(),
          rulebook.escalate(moment.question(), severity, route));
    }
    if (mayHaveBeenSettled(moment) && now.routing().decision() instanceof Route) {
      settlement(
          moment, rulebook.settle(moment.question(), now.classification().decision().severity()));
    }
  }

  /** That rules leave an item to people is no event; at these two they were asked for certain. */
  private static boolean mayHaveBeenSettled(Moment moment) {
    return moment.said().resolution() != null
        || moment.occasion() == Occasion.OPENED
        || moment.occasion() == Occasion.RECURRED;
  }

  private void settlement(Moment moment, @Nullable Settlement now) {
    var was = moment.said().resolution();
    if (was == null) {
      if (now != null && now.isApproved()) {
        differ(Point.RESOLUTION, TO_PEOPLE, words(now.resolution()));
      }
    } else if (now == null || !now.isApproved()) {
      differ(Point.RESOLUTION, words(was), TO_PEOPLE);
    } else {
      compare(Point.RESOLUTION, was, now.resolution());
      compare(Point.APPROVALS, moment.said().approval(), now.approval());
    }
  }

  private <D extends Decision> void compare(Point point, @Nullable Advice<D> was, Advice<D> is) {
    if (was != null && !was.equals(is)) {
      differ(point, words(was), words(is));
    }
  }

  private void differ(Point point, String was, String is) {
    differences.add(
        new Difference(
            exception, seq, point, was, was.equals(is) ? is + ", in what is not shown" : is));
  }

  /** Without what may be personal: a candidate, a note. */
  private static String words(Advice<?> advice) {
    var said = words(advice.decision());
    var rules =
        advice.fired().isEmpty()
            ? "no rule"
            : advice.fired().stream().map(FiredRule::id).collect(Collectors.joining(", "));
    var notes =
        advice.conflicts().isEmpty() ? "" : " (" + String.join(" ", advice.conflicts()) + ")";
    return said + " by " + rules + notes;
  }

  private static String words(Decision decision) {
    return switch (decision) {
      case Decision.SeverityDecision it ->
          "%s within %s%s"
              .formatted(
                  it.severity(),
                  Hours.format(it.sla()),
                  it.redecideAt() == null ? "" : ", again at " + it.redecideAt());
      case Route it ->
          "%s %s%s%s%s%s%s%s"
              .formatted(
                  it.queue().value(),
                  it.lane(),
                  it.target() == null ? "" : " to " + it.target().value(),
                  it.requiredRole() == null ? "" : " for " + it.requiredRole(),
                  it.skill() == null ? "" : " with " + it.skill(),
                  it.assign() == null ? "" : " assigned " + it.assign().word(),
                  it.exclusiveLock() ? " locked" : "",
                  it.flags().isEmpty() ? "" : " " + it.flags());
      case Decision.Unrouted it -> it.reason();
      case Decision.Settled it -> it.resolution().kind().name();
      case Decision.LeftToPeople it -> TO_PEOPLE;
      case Decision.GateDecision it -> it.verdict().name();
      case Decision.ApprovalDecision it ->
          it.needed().isEmpty()
              ? "nobody"
              : it.needed().stream()
                  .map(Decision.ApprovalDecision.Approval::role)
                  .collect(Collectors.joining(", "));
      case Decision.FallbackDecision it ->
          "a chain of %d at %s".formatted(it.chain().size(), it.at());
    };
  }
}
