package dev.signalbox.backtest;

import dev.signalbox.backtest.Backtest.Amounts;
import dev.signalbox.backtest.Backtest.Both;
import dev.signalbox.backtest.Backtest.Minutes;
import dev.signalbox.backtest.Backtest.Severities;
import dev.signalbox.backtest.Backtest.Side;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Recorded;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks two rulesets about the same moments, and counts how the answers differ. It holds as much as
 * there are rules and different answers, however many exceptions it sees. Not safe for several
 * threads; two may ask the same rulesets.
 */
public final class Comparison implements Recorded.Part<Comparison> {
  private final Rulebook baseline;
  private final Rulebook candidate;
  private final List<Matrix> matrices = Arrays.stream(Dimension.values()).map(Matrix::new).toList();
  private final RuleTally rules;
  private @Nullable Pair chosen;
  private boolean erasedNow;
  private long exceptions;
  private long erased;
  private long decisions;
  private long changed;
  private long raised;
  private long lowered;
  private Minutes sla = new Minutes(0, 0, 0, 0);
  private Both unrouted = new Both(0, 0);
  private Both conflicts = new Both(0, 0);
  private Both failed = new Both(0, 0);
  private BigDecimal compared = BigDecimal.ZERO;
  private BigDecimal moved = BigDecimal.ZERO;
  private long unknown;

  /** What both said of one moment. */
  private record Pair(Question question, Said was, Said is) {
    boolean isChange() {
      return is.differsFrom(was);
    }
  }

  /**
   * A comparison.
   *
   * @param baseline what decides now
   * @param candidate what may decide instead
   */
  public Comparison(Rulebook baseline, Rulebook candidate) {
    this.baseline = baseline;
    this.candidate = candidate;
    rules = new RuleTally(baseline, candidate);
  }

  /** How many exceptions were taken so far. */
  public long exceptions() {
    return exceptions;
  }

  @Override
  public void take(Moment moment) {
    if (moment.erased()) {
      erasedNow = true;
      return;
    }
    decisions++;
    var question = moment.question();
    var pair = new Pair(question, Said.by(baseline, question), Said.by(candidate, question));
    rules.add(pair.was, pair.is, moment.exception());
    if (chosen == null || (!chosen.isChange() && pair.isChange())) {
      chosen = pair;
    }
  }

  @Override
  public void end(CaseId exception) {
    var pair = chosen;
    if (pair != null) {
      exceptions++;
      count(pair, exception);
    } else if (erasedNow) {
      exceptions++;
      erased++;
    }
    chosen = null;
    erasedNow = false;
  }

  private void count(Pair pair, CaseId exception) {
    var item = baseline.facts(pair.question);
    var amount = item.magnitudeKnown() ? item.magnitude() : BigDecimal.ZERO;
    var was = pair.was;
    var is = pair.is;
    matrices.forEach(matrix -> matrix.add(was, is, exception, amount));
    unknown += item.magnitudeKnown() ? 0 : 1;
    compared = compared.add(amount);
    if (pair.isChange()) {
      changed++;
      moved = moved.add(amount);
    }
    raised += is.severity().isGraverThan(was.severity()) ? 1 : 0;
    lowered += was.severity().isGraverThan(is.severity()) ? 1 : 0;
    int later = is.sla().compareTo(was.sla());
    sla =
        new Minutes(
            sla.before() + was.sla().toMinutes(),
            sla.after() + is.sla().toMinutes(),
            sla.shorter() + (later < 0 ? 1 : 0),
            sla.longer() + (later > 0 ? 1 : 0));
    unrouted = unrouted.and(was.route() == null, is.route() == null);
    conflicts = conflicts.and(was.conflicts() > 0, is.conflicts() > 0);
    failed = failed.and(was.failed(), is.failed());
  }

  @Override
  public void join(Comparison other) {
    for (int i = 0; i < matrices.size(); i++) {
      matrices.get(i).join(other.matrices.get(i));
    }
    rules.join(other.rules);
    exceptions += other.exceptions;
    erased += other.erased;
    decisions += other.decisions;
    changed += other.changed;
    raised += other.raised;
    lowered += other.lowered;
    sla =
        new Minutes(
            sla.before() + other.sla.before(),
            sla.after() + other.sla.after(),
            sla.shorter() + other.sla.shorter(),
            sla.longer() + other.sla.longer());
    unrouted = unrouted.and(other.unrouted);
    conflicts = conflicts.and(other.conflicts);
    failed = failed.and(other.failed);
    compared = compared.add(other.compared);
    moved = moved.add(other.moved);
    unknown += other.unknown;
  }

  /** What was found so far. */
  public Backtest result() {
    return new Backtest(
        side(baseline),
        side(candidate),
        exceptions,
        erased,
        decisions,
        changed,
        new Severities(raised, lowered),
        sla,
        unrouted,
        conflicts,
        failed,
        new Amounts(
            baseline.reportingCurrency(),
            compared.stripTrailingZeros(),
            moved.stripTrailingZeros(),
            unknown),
        matrices.stream().map(Matrix::table).toList(),
        rules.uses());
  }

  private static Side side(Rulebook rulebook) {
    return new Side(rulebook.name(), rulebook.digest());
  }
}
