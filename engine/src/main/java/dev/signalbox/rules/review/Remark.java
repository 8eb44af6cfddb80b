package dev.signalbox.rules.review;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.RuleCard;

/** Something that is certain of a rule, and that its author hardly wants. */
public record Remark(Kind kind, Finding finding) {

  /** What it is. */
  public enum Kind {
    /** No fact can meet its conditions. */
    CONTRADICTION(true),
    /** Wherever it fires, another rule counts. */
    OUTRANKED(false),
    /** It fires together with a rule of the same salience that says something else. */
    AMBIGUOUS(true),
    /** There are more pairs of rules than are looked at. */
    CUT_SHORT(false);

    private final boolean error;

    Kind(boolean error) {
      this.error = error;
    }

    /** Whether a ruleset is refused for it; else it is a warning. */
    public boolean isError() {
      return error;
    }
  }

  static Remark of(Kind kind, RuleCard card, String what) {
    return new Remark(kind, new Finding(card.file(), card.line(), 0, card.name(), what));
  }
}
