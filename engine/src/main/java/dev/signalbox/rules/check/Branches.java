package dev.signalbox.rules.check;

import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;

/**
 * What a rule becomes when it is compiled, without compiling it: "or" between facts makes one rule
 * of each way to meet it, and several of them multiply.
 *
 * @param ways in how many ways its conditions can be met
 * @param facts how many facts stand in the longest way
 */
record Branches(long ways, long facts) {
  static final long WAYS_MAX = 16;
  static final long FACTS_MAX = 12;
  static final int CONDITIONS_MAX = 50;

  static Branches of(BaseDescr element) {
    if (!(element instanceof ConditionalElementDescr joined)) {
      return new Branches(1, 1);
    }
    boolean either = joined instanceof OrDescr;
    long ways = either ? 0 : 1;
    long facts = 0;
    for (var inner : joined.getDescrs()) {
      var branches = of(inner);
      ways = Math.min(Integer.MAX_VALUE, either ? ways + branches.ways : ways * branches.ways);
      facts = either ? Math.max(facts, branches.facts) : facts + branches.facts;
    }
    return new Branches(Math.max(1, ways), facts);
  }

  /** The most conditions that one of the facts has. */
  static int conditions(BaseDescr element) {
    if (element instanceof PatternDescr fact) {
      return fact.getConstraint().getDescrs().size();
    }
    return element instanceof ConditionalElementDescr joined
        ? joined.getDescrs().stream().mapToInt(Branches::conditions).max().orElse(0)
        : 0;
  }

  /**
   * Whether each way to meet it names a fact outside of "not" and "exists". Between two questions
   * the rules engine has no facts, and what asks for none by itself it may take for met already.
   */
  static boolean needFact(BaseDescr element) {
    return switch (element) {
      case OrDescr or -> or.getDescrs().stream().allMatch(Branches::needFact);
      case NotDescr not -> false;
      case ExistsDescr exists -> false;
      case ConditionalElementDescr all -> all.getDescrs().stream().anyMatch(Branches::needFact);
      default -> true;
    };
  }
}
