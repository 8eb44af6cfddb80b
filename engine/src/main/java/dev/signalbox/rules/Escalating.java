package dev.signalbox.rules;

import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.FallbackStep;
import dev.signalbox.exceptions.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a rule of {@code escalate} speaks: the global {@code escalate}. A chain is said by one rule;
 * that of the rule with the highest salience counts, whole.
 */
public final class Escalating extends Output<FallbackDecision> {
  static final FallbackDecision DEFAULT =
      new FallbackDecision(
          List.of(
              new FallbackStep.Remind(Duration.ofHours(24)),
              new FallbackStep.Reassign(Duration.ofHours(48), new QueueName("secondary")),
              new FallbackStep.DeadLetter(Duration.ofHours(72), new QueueName("compliance"))));

  private final Map<RuleCard, List<FallbackStep>> chains = new LinkedHashMap<>();

  Escalating() {}

  /** After so many hours, whoever has it is reminded. */
  public Escalating remind(long hours) {
    return step(new FallbackStep.Remind(Duration.ofHours(hours)));
  }

  /** After so many hours, it goes to another queue. */
  public Escalating reassign(long hours, String queue) {
    return step(new FallbackStep.Reassign(Duration.ofHours(hours), new QueueName(queue)));
  }

  /** After so many hours, it becomes a dead letter of a queue, with a hold and an alert. */
  public Escalating deadLetter(long hours, String queue) {
    return step(new FallbackStep.DeadLetter(Duration.ofHours(hours), new QueueName(queue)));
  }

  private Escalating step(FallbackStep step) {
    chains.computeIfAbsent(speaker(), rule -> new ArrayList<>()).add(step);
    return this;
  }

  /**
   * @throws IllegalArgumentException when what the rule said is no chain
   */
  @Override
  @Nullable FallbackDecision decision() {
    return ranked().stream()
        .findFirst()
        .map(rule -> new FallbackDecision(chain(rule)))
        .orElse(null);
  }

  @Override
  FallbackDecision closed(String why) {
    return DEFAULT;
  }

  @Override
  List<String> conflicts() {
    var ranked = ranked();
    return ranked.stream()
        .skip(1)
        .filter(rule -> rule.salience() == ranked.getFirst().salience())
        .filter(rule -> !chain(rule).equals(chain(ranked.getFirst())))
        .map(rule -> ambiguous(ranked.getFirst(), rule))
        .toList();
  }

  private static String ambiguous(RuleCard counts, RuleCard other) {
    return "AMBIGUOUS: The rules %s and %s have salience %d and different chains; %s counts."
        .formatted(counts.id(), other.id(), counts.salience(), counts.id());
  }

  private List<FallbackStep> chain(RuleCard rule) {
    return chains.getOrDefault(rule, List.of());
  }

  private List<RuleCard> ranked() {
    return chains.keySet().stream().sorted(RuleCard.BY_RANK).toList();
  }
}
