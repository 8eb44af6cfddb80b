package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit.
 *
 * @param chain whose row it is
 * @param exception null where it is not of an exception
 * @param seq the row; 0 where the case itself does not fit
 * @param what one sentence
 */
public record Misfit(Chain chain, @Nullable CaseId exception, long seq, String what) {

  /** What is chained. */
  public enum Chain {
    EXCEPTION,
    RULESETS,
    KEYS,
    ROSTERS
  }

  /** Of an exception. */
  public Misfit(CaseId exception, long seq, String what) {
    this(Chain.EXCEPTION, exception, seq, what);
  }

  static Misfit ofRulesets(long number, String what) {
    return new Misfit(Chain.RULESETS, null, number, what);
  }

  static Misfit ofKeys(long number, String what) {
    return new Misfit(Chain.KEYS, null, number, what);
  }

  static Misfit ofRosters(long number, String what) {
    return new Misfit(Chain.ROSTERS, null, number, what);
  }
}
