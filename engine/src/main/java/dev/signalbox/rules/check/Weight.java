package dev.signalbox.rules.check;

import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * What a rule takes, estimated from its syntax tree: neither the compiler nor a decision that joins
 * facts could be stopped from outside. The figures are measured, and rather too high.
 *
 * @param kilobytes of heap while it is compiled. What takes more time than memory weighs as what
 *     takes that time elsewhere: about 60 ms a megabyte when the program is cold.
 * @param comparisons for one item that has as many candidates as an item may have
 */
public record Weight(long kilobytes, long comparisons) {
  /** Facts that there can be many of, for one item, and how many. */
  private static final String MANY = "NearMatch";

  private static final double MANY_COUNT = 100;

  private static final double RULE = 40;
  private static final double WAY = 5;
  private static final double FACT = 10;
  private static final double CONDITION = 40;
  private static final double CONDITIONS_SQUARED = 0.5;
  private static final double CALL = 3;
  private static final double CHARACTER = 0.1;
  private static final double JOINT = 5;
  private static final double OPERATORS_SQUARED = 7;
  private static final double PARENTHESES = 0.2;

  /** What some conditions become: so many ways, which weigh so much together. */
  private record Ways(double count, double kilobytes) {}

  /** Weighs a rule. */
  public static Weight of(RuleDescr rule) {
    var said = String.valueOf(rule.getConsequence());
    var ways = ways(rule.getLhs());
    var joins = new Joins();
    joins.after(1, rule.getLhs());
    return new Weight(
        Math.round(
            RULE
                + ways.count * WAY
                + ways.kilobytes
                + said.length() * CHARACTER
                + count(said, ";") * CALL),
        Math.round(joins.comparisons));
  }

  /** Both together. */
  public Weight plus(Weight other) {
    return new Weight(kilobytes + other.kilobytes, comparisons + other.comparisons);
  }

  private static Ways ways(BaseDescr element) {
    if (element instanceof PatternDescr pattern) {
      return new Ways(1, fact(pattern));
    }
    if (!(element instanceof ConditionalElementDescr joined)) {
      return new Ways(1, FACT);
    }
    boolean either = joined instanceof OrDescr;
    var sum = new Ways(either ? 0 : 1, 0);
    for (var inner : joined.getDescrs()) {
      var ways = ways(inner);
      sum =
          either
              ? new Ways(sum.count + ways.count, sum.kilobytes + ways.kilobytes)
              : new Ways(
                  sum.count * ways.count, sum.kilobytes * ways.count + ways.kilobytes * sum.count);
    }
    return new Ways(Math.max(1, sum.count), sum.kilobytes);
  }

  private static double fact(PatternDescr pattern) {
    double conditions = pattern.getConstraint().getDescrs().size();
    double weight = FACT + conditions * conditions * CONDITIONS_SQUARED;
    for (var condition : pattern.getConstraint().getDescrs()) {
      weight += CONDITION + expression(String.valueOf(condition));
    }
    return weight;
  }

  /** The compiler takes a time that grows with the square of what is computed in one condition. */
  private static double expression(String text) {
    double operators = count(text, "+-*");
    double weight =
        text.length() * CHARACTER
            + count(text, "&|,") * JOINT
            + operators * operators * OPERATORS_SQUARED;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : 0;
      weight += c == '(' ? Math.pow(3, Math.min(depth, SourceText.DEPTH_MAX)) * PARENTHESES : 0;
      depth -= c == ')' ? 1 : 0;
    }
    return weight;
  }

  private static long count(String text, String signs) {
    return text.chars().filter(c -> signs.indexOf(c) >= 0).count();
  }

  /** How many facts are tried with how many that were found before. */
  private static final class Joins {
    private double comparisons;

    /** How many there are after an element, when there are so many before it. */
    double after(double before, BaseDescr element) {
      if (element instanceof PatternDescr pattern) {
        double facts = MANY.equals(pattern.getObjectType()) ? MANY_COUNT : 1;
        comparisons += before * facts;
        return before * facts;
      }
      if (!(element instanceof ConditionalElementDescr joined)) {
        return before;
      }
      if (joined instanceof OrDescr) {
        double sum = 0;
        for (var inner : joined.getDescrs()) {
          sum += after(before, inner);
        }
        return Math.max(before, sum);
      }
      double found = before;
      for (var inner : joined.getDescrs()) {
        found = after(found, inner);
      }
      return joined instanceof NotDescr || joined instanceof ExistsDescr ? before : found;
    }
  }
}
