package dev.signalbox.exceptions;

import org.jspecify.annotations.Nullable;

/**
 * How far the posting of a case is: of its proposal, or the last one.
 *
 * @param reference the ledger's, once it is posted
 * @param problem why it is refused or stuck; null otherwise
 */
public record Bookkeeping(
    Posting posting, Stage stage, @Nullable String reference, @Nullable String problem) {

  /** The stages of a posting. */
  public enum Stage {
    /** It is part of a proposal that does not hold yet. */
    DRAFTED,
    /** The ledger is asked to post it. */
    REQUESTED,
    /** The ledger was asked as often as allowed, and nobody knows if it posted: a dead letter. */
    STUCK,
    /** The ledger has it. */
    POSTED,
    /** The ledger does not take it; nothing was posted. */
    REFUSED
  }

  static Bookkeeping drafted(Posting posting) {
    return new Bookkeeping(posting, Stage.DRAFTED, null, null);
  }

  /** Whether the ledger may have posted it, and has not said so. */
  public boolean isUnderWay() {
    return stage == Stage.REQUESTED || stage == Stage.STUCK;
  }

  Bookkeeping requested(Posting sent) {
    return new Bookkeeping(sent, Stage.REQUESTED, null, null);
  }

  Bookkeeping posted(String by) {
    return new Bookkeeping(posting, Stage.POSTED, by, null);
  }

  Bookkeeping refused(String why) {
    return new Bookkeeping(posting, Stage.REFUSED, null, why);
  }

  Bookkeeping stuck(String why) {
    return new Bookkeeping(posting, Stage.STUCK, null, why);
  }
}
