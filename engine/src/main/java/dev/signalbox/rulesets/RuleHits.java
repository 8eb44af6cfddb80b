package dev.signalbox.rulesets;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Recorded;
import dev.signalbox.rules.Rulebook;
import java.util.HashMap;
import java.util.Map;

/** How often each rule of a ruleset takes part in what was decided lately. */
final class RuleHits implements Recorded.Part<RuleHits> {
  private final Rulebook rulebook;
  private final Map<String, Long> hits = new HashMap<>();
  private long exceptions;
  private long decisions;

  RuleHits(Rulebook rulebook) {
    this.rulebook = rulebook;
  }

  long exceptions() {
    return exceptions;
  }

  long decisions() {
    return decisions;
  }

  long of(String rule) {
    return hits.getOrDefault(rule, 0L);
  }

  @Override
  public void take(Moment moment) {
    if (moment.erased()) {
      return;
    }
    decisions++;
    var assessed = rulebook.assess(moment.question());
    count(assessed.classification());
    count(assessed.routing());
    if (assessed.routing().decision() instanceof Route) {
      var settled =
          rulebook.settle(moment.question(), assessed.classification().decision().severity());
      if (settled != null) {
        count(settled.resolution());
        count(settled.approval());
      }
    }
  }

  private void count(Advice<?> advice) {
    advice.fired().forEach(rule -> hits.merge(rule.id(), 1L, Long::sum));
  }

  @Override
  public void end(CaseId exception) {
    exceptions++;
  }

  @Override
  public void join(RuleHits other) {
    exceptions += other.exceptions;
    decisions += other.decisions;
    other.hits.forEach((rule, count) -> hits.merge(rule, count, Long::sum));
  }
}
