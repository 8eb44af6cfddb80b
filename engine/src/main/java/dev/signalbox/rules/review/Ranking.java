package dev.signalbox.rules.review;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.review.Remark.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a decision point where the highest salience counts, two by two. What it does is
 * bounded by numbers and not by time, so that it finds the same everywhere.
 */
final class Ranking {
  /** Some seconds of work; rules that name values, as counterparties, are far from it. */
  private static final long COMPARISONS_MAX = 10_000_000;

  /** Who made so many mistakes is told of these first. */
  private static final int DISAGREEING_MAX = 100;

  private static final Pattern MARKS = Pattern.compile("route\\s*\\.\\s*flags?\\s*\\(");

  private final String point;
  private final List<Reviewed> rules;
  private final Example example;
  private final Neighbours neighbours;
  private final List<Remark> remarks = new ArrayList<>();
  private long comparisons;
  private int disagreeing;

  /**
   * @param rules those that rank, in their order
   */
  Ranking(String point, List<Reviewed> rules, Example example) {
    this.point = point;
    this.rules = rules;
    this.example = example;
    neighbours = new Neighbours(rules.stream().map(Reviewed::possible).toList());
  }

  List<Remark> remarks() {
    for (int i = 0; i < rules.size() && !isEnough(); i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("The review of the rules was broken off.");
      }
      var near = neighbours.of(rules.get(i).possible());
      outranked(rules.get(i), near);
      if (point.equals("route")) {
        disagreeing(i, near);
      }
    }
    if (isEnough()) {
      remarks.add(
          new Remark(
              Kind.CUT_SHORT,
              new Finding(
                  point,
                  0,
                  0,
                  null,
                  "Its rules are not all compared with each other: %s. Others may disagree, too."
                      .formatted(why()))));
    }
    return remarks;
  }

  private boolean isEnough() {
    return comparisons >= COMPARISONS_MAX || disagreeing >= DISAGREEING_MAX || example.isSpent();
  }

  private String why() {
    if (disagreeing >= DISAGREEING_MAX) {
      return "%d that disagree are found".formatted(disagreeing);
    }
    return comparisons >= COMPARISONS_MAX
        ? "%,d comparisons are enough".formatted(COMPARISONS_MAX)
        : "%,d items were tried".formatted(example.most());
  }

  private void outranked(Reviewed rule, BitSet near) {
    if (MARKS.matcher(rule.rule().then()).find()) {
      return;
    }
    var other = outranking(rule, near);
    if (other != null) {
      remark(
          Kind.OUTRANKED,
          rule,
          "It decides nothing: wherever it fires, %s fires too, and its salience %d is higher."
              .formatted(other.named(), other.salience()));
    }
  }

  private @Nullable Reviewed outranking(Reviewed rule, BitSet near) {
    for (int i = near.nextSetBit(0); i >= 0 && !isEnough(); i = near.nextSetBit(i + 1)) {
      var other = rules.get(i);
      if (other.salience() > rule.salience()
          && rule.possible().stream().allMatch(way -> impliesOne(way, other))) {
        return other;
      }
    }
    return null;
  }

  private boolean impliesOne(Way way, Reviewed other) {
    comparisons += other.possible().size();
    return other.possible().stream().anyMatch(way::implies);
  }

  private void disagreeing(int number, BitSet near) {
    var one = rules.get(number);
    for (int i = near.nextSetBit(number + 1); i >= 0 && !isEnough(); i = near.nextSetBit(i + 1)) {
      var other = rules.get(i);
      if (other.salience() == one.salience() && !other.route().equals(one.route())) {
        disagreeing(one, other);
      }
    }
  }

  private void disagreeing(Reviewed one, Reviewed other) {
    for (var way : one.possible()) {
      for (var another : other.possible()) {
        comparisons++;
        var both = way.and(another);
        var given = both == null ? null : example.of(both, one.rule().id(), other.rule().id());
        if (given != null) {
          disagreeing++;
          remark(
              Kind.AMBIGUOUS,
              other,
              ("It has salience %d as %s has, and another route, and both fire for %s; give one of"
                      + " them a higher salience.")
                  .formatted(other.salience(), one.named(), given));
          return;
        }
      }
    }
  }

  private void remark(Kind kind, Reviewed rule, String what) {
    remarks.add(Remark.of(kind, rule.rule().card(), what));
  }
}
