package dev.signalbox.backtest;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Settlement;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Occasion;
import dev.signalbox.recall.Proposed;
import dev.signalbox.rules.Rulebook;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a candidate differs from what was decided: in what is in the journal, not in what rules said
 * and nobody followed. So where a report that came again changed no route, none is compared.
 *
 * @param ways from what was decided to what the candidate says, where that is not the same
 * @param firing rules that take part with the candidate only
 * @param silent rules that took part, and do not with the candidate
 * @param failure why the candidate failed closed; null when it did not
 */
public record Difference(
    List<Way> ways, List<String> firing, List<String> silent, @Nullable String failure) {
  private static final Set<Occasion> WHOLE = EnumSet.of(Occasion.OPENED, Occasion.RECURRED);

  public Difference {
    ways = List.copyOf(ways);
    firing = List.copyOf(firing);
    silent = List.copyOf(silent);
  }

  /** From one answer to another. */
  public record Way(Dimension dimension, String from, String to) {}

  /** Whether the candidate says the same, and by the same rules. */
  public boolean isNone() {
    return ways.isEmpty() && firing.isEmpty() && silent.isEmpty();
  }

  /** Asks the candidate about a moment; null when nothing was decided then. */
  public static @Nullable Difference of(Moment decided, Rulebook candidate) {
    var was = decided.said();
    if (was.count() == 0) {
      return null;
    }
    var assessed = candidate.assess(decided.question());
    boolean isSettled = was.resolution() != null;
    var settlement =
        (isSettled || WHOLE.contains(decided.occasion()))
                && assessed.routing().decision() instanceof Route
            ? candidate.settle(decided.question(), assessed.classification().decision().severity())
            : null;
    var is = said(assessed, settlement, was);
    return between(before(was, is), is, failure(assessed, settlement));
  }

  /** Asks the candidate who must approve what a person proposed. */
  public static Difference of(Proposed proposed, Rulebook candidate) {
    var was = proposed.approval();
    var is = candidate.approve(proposed.question(), proposed.severity());
    var way =
        new Way(
            Dimension.APPROVALS,
            Said.roles(was.decision().needed()),
            Said.roles(is.decision().needed()));
    var before = new TreeSet<String>();
    var after = new TreeSet<String>();
    add(before, was);
    add(after, is);
    return new Difference(
        way.from().equals(way.to()) ? List.of() : List.of(way),
        after.stream().filter(rule -> !before.contains(rule)).toList(),
        before.stream().filter(rule -> !after.contains(rule)).toList(),
        failure(List.of(is)));
  }

  /** As far as it can be compared: a settlement that waits for people is none. */
  private static Said said(
      Assessment assessed, @Nullable Settlement settlement, Moment.Said compared) {
    boolean isSettled = compared.resolution() != null;
    boolean settles = settlement != null && settlement.isApproved();
    var fired = new TreeSet<String>();
    add(fired, compared.classification() == null ? null : assessed.classification());
    add(fired, compared.routing() == null ? null : assessed.routing());
    if (settlement != null && (isSettled || settles)) {
      add(fired, settlement.resolution());
      add(fired, settlement.approval());
    }
    return new Said(
        assessed.classification().decision().severity(),
        assessed.classification().decision().sla(),
        route(assessed.routing()),
        settlement != null && settles
            ? settlement.resolution().decision().resolution().kind().name()
            : Said.PEOPLE,
        isSettled && settlement != null
            ? Said.roles(settlement.approval().decision().needed())
            : Said.NONE,
        fired,
        0,
        false);
  }

  /** What was decided; where nothing was, the candidate is right. */
  private static Said before(Moment.Said was, Said is) {
    var classification = was.classification();
    var routing = was.routing();
    var resolution = was.resolution();
    var fired = new TreeSet<String>();
    add(fired, classification);
    add(fired, routing);
    add(fired, resolution);
    add(fired, was.approval());
    return new Said(
        classification == null ? is.severity() : classification.decision().severity(),
        classification == null ? is.sla() : classification.decision().sla(),
        routing == null ? is.route() : route(routing),
        resolution == null ? Said.PEOPLE : resolution.decision().resolution().kind().name(),
        resolution == null ? Said.NONE : Said.NOBODY,
        fired,
        0,
        false);
  }

  private static @Nullable Route route(Advice<RoutingDecision> advice) {
    return advice.decision() instanceof Route route ? route : null;
  }

  private static void add(Set<String> fired, @Nullable Advice<?> advice) {
    if (advice != null) {
      advice.fired().stream().map(FiredRule::id).forEach(fired::add);
    }
  }

  private static Difference between(Said was, Said is, @Nullable String failure) {
    return new Difference(
        Arrays.stream(Dimension.values())
            .map(dimension -> new Way(dimension, dimension.of(was), dimension.of(is)))
            .filter(way -> !way.from().equals(way.to()))
            .toList(),
        is.fired().stream().filter(rule -> !was.fired().contains(rule)).toList(),
        was.fired().stream().filter(rule -> !is.fired().contains(rule)).toList(),
        failure);
  }

  private static @Nullable String failure(Assessment assessed, @Nullable Settlement settlement) {
    if (assessed.routing().decision() instanceof Unrouted no
        && no.reason().startsWith(Said.RULES_FAILED)) {
      return no.reason();
    }
    var advices =
        settlement == null
            ? List.of(assessed.classification())
            : List.of(assessed.classification(), settlement.resolution(), settlement.approval());
    return failure(advices);
  }

  private static @Nullable String failure(List<? extends Advice<?>> advices) {
    return advices.stream()
        .flatMap(advice -> advice.conflicts().stream())
        .filter(note -> note.startsWith(Said.FAILED))
        .findFirst()
        .orElse(null);
  }
}
