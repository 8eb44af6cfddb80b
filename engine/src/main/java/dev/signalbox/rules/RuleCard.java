package dev.signalbox.rules;

import dev.signalbox.exceptions.FiredRule;
import java.util.Comparator;

/**
 * What is known of a rule beside its code.
 *
 * @param file the path of its file below the ruleset's folder
 * @param line where it begins, from 1
 * @param name as the DRL names it, unique in its decision point
 * @param fired its {@code @id}, unique in the ruleset, and its {@code @because}
 * @param salience of two rules that speak of one thing, the higher one counts
 */
public record RuleCard(
    String file, int line, String name, FiredRule fired, String owner, int salience) {

  /** By rank: the highest salience first, then by id. It does not depend on how facts came in. */
  static final Comparator<RuleCard> BY_RANK =
      Comparator.comparingInt((RuleCard card) -> -card.salience()).thenComparing(RuleCard::id);

  public String id() {
    return fired.id();
  }
}
