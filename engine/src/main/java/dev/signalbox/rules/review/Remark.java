package dev.signalbox.rules.review;

import dev.signalbox.rules.Finding;

/** Something that is certain of a rule, and that its author hardly wants. */
public record Remark(Kind kind, Finding finding) {

  /** What it is. */
  public enum Kind {
    /** No fact can meet its conditions. */
    CONTRADICTION,
    /** Wherever it fires, another rule counts. */
    OUTRANKED,
    /** It fires together with a rule of the same salience that says something else. */
    AMBIGUOUS
  }
}
