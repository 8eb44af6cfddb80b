package dev.signalbox.rules.written;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.RuleCard;
import org.drools.drl.ast.descr.AndDescr;

/**
 * One rule as its author wrote it: for those who explain rules, or compare them.
 *
 * @param point the decision point, named as its folder
 * @param card what is known of it beside its code; its place is the one that its author knows
 * @param text from its name to its end, with comments
 * @param code the same without comments
 * @param when its conditions
 * @param then what it says
 * @param places where its parts stand
 */
public record WrittenRule(
    String point,
    RuleCard card,
    String text,
    String code,
    AndDescr when,
    String then,
    RulePlaces places) {

  public String id() {
    return card.id();
  }

  /** Something that is said of a part of it, by the offset of that part in its file. */
  public Finding at(int offset, String what) {
    return places.at(offset, card.name(), what);
  }
}
