package dev.signalbox.backtest;

import dev.signalbox.backtest.Backtest.RuleUse;
import dev.signalbox.backtest.Backtest.Status;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.rules.RuleCard;
import dev.signalbox.rules.Rulebook;
import java.util.List;
import java.util.TreeMap;

/** In what the rules of two rulesets take part. */
final class RuleTally {
  private final TreeMap<String, Tally> rules = new TreeMap<>();

  private static final class Tally {
    private final String because;
    private boolean isBefore;
    private boolean isAfter;
    private long before;
    private long after;
    private final Examples examples = new Examples();

    Tally(String because) {
      this.because = because;
    }
  }

  RuleTally(Rulebook baseline, Rulebook candidate) {
    candidate.rules().forEach(card -> known(card).isAfter = true);
    baseline.rules().forEach(card -> known(card).isBefore = true);
  }

  private Tally known(RuleCard card) {
    return rules.computeIfAbsent(card.id(), absent -> new Tally(card.fired().because()));
  }

  void add(Said was, Said is, CaseId exception) {
    for (var id : was.fired()) {
      var tally = of(id);
      tally.before++;
      if (!is.fired().contains(id)) {
        tally.examples.add(exception);
      }
    }
    for (var id : is.fired()) {
      var tally = of(id);
      tally.after++;
      if (!was.fired().contains(id)) {
        tally.examples.add(exception);
      }
    }
  }

  private Tally of(String id) {
    var tally = rules.get(id);
    if (tally == null) {
      throw new IllegalStateException("Neither ruleset has the rule " + id + ".");
    }
    return tally;
  }

  void join(RuleTally other) {
    other.rules.forEach((id, more) -> {
      var tally = of(id);
      tally.before += more.before;
      tally.after += more.after;
      tally.examples.join(more.examples);
    });
  }

  List<RuleUse> uses() {
    return rules.entrySet().stream().map(e -> use(e.getKey(), e.getValue())).toList();
  }

  private static RuleUse use(String id, Tally tally) {
    return new RuleUse(
        id, tally.because, tally.before, tally.after, status(tally), tally.examples.list());
  }

  private static Status status(Tally tally) {
    if (!tally.isAfter) {
      return Status.REMOVED;
    }
    if (tally.after == 0) {
      return tally.before > 0 ? Status.FALLS_SILENT : Status.SILENT;
    }
    if (!tally.isBefore) {
      return Status.NEW;
    }
    return tally.before == 0 ? Status.NEWLY_FIRES : Status.FIRES;
  }
}
