package dev.signalbox.backtest;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a ruleset says of some facts.
 *
 * @param route null where it names none
 * @param settled how it settles the item, were there nobody to approve; PEOPLE where it does not
 * @param approvals the roles it asks to approve of that; NONE where it settles nothing
 * @param fired all rules that took part
 * @param conflicts on how many things its rules disagreed
 * @param failed whether it failed closed somewhere
 */
record Said(
    Severity severity,
    Duration sla,
    @Nullable Route route,
    String settled,
    String approvals,
    Set<String> fired,
    int conflicts,
    boolean failed) {
  static final String PEOPLE = "(people)";
  static final String NONE = "(none)";
  static final String NOBODY = "(nobody)";

  private static final String AMBIGUOUS = "AMBIGUOUS";
  static final String FAILED = "FAILED_CLOSED";
  static final String RULES_FAILED = "RULES_FAILED";

  static Said by(Rulebook rulebook, Question question) {
    var assessed = rulebook.assess(question);
    var classified = assessed.classification();
    var routing = assessed.routing();
    var route = routing.decision() instanceof Route known ? known : null;
    var severity = classified.decision().severity();
    var settlement = route == null ? null : rulebook.settle(question, severity);
    var advices =
        settlement == null
            ? List.of(classified, routing)
            : List.of(classified, routing, settlement.resolution(), settlement.approval());
    return new Said(
        severity,
        classified.decision().sla(),
        route,
        settlement == null ? PEOPLE : settlement.resolution().decision().resolution().kind().name(),
        settlement == null ? NONE : roles(settlement.approval().decision().needed()),
        advices.stream()
            .flatMap(advice -> advice.fired().stream())
            .map(FiredRule::id)
            .collect(Collectors.toCollection(TreeSet::new)),
        notes(advices, AMBIGUOUS),
        notes(advices, FAILED) > 0
            || (routing.decision() instanceof Unrouted no && no.reason().startsWith(RULES_FAILED)));
  }

  static String roles(List<Approval> needed) {
    return needed.isEmpty()
        ? NOBODY
        : needed.stream().map(Approval::role).collect(Collectors.joining("+"));
  }

  private static int notes(List<? extends Advice<?>> advices, String kind) {
    return (int)
        advices.stream()
            .flatMap(advice -> advice.conflicts().stream())
            .filter(note -> note.startsWith(kind))
            .count();
  }

  /** Whether people or machines would do something else. */
  boolean differsFrom(Said other) {
    return severity != other.severity
        || !sla.equals(other.sla)
        || !Objects.equals(route, other.route)
        || !settled.equals(other.settled)
        || !approvals.equals(other.approvals);
  }
}
