package dev.signalbox.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the store found, so far or in the end.
 *
 * @param exceptions how many were recomputed
 * @param rows how many rows of the journal were
 * @param erased how many of these rows have a sealed part that is gone with its key
 * @param rulesetEvents how many events of rulesets were
 * @param keyEvents how many events of keys were
 * @param rosterEvents how many events of rosters were
 * @param misfits how many exceptions do not fit; the chains of rulesets, keys and rosters count as
 *     one each
 * @param first the first of them, in the order of their ids; null when all fit
 */
public record Finding(
    long exceptions,
    long rows,
    long erased,
    long rulesetEvents,
    long keyEvents,
    long rosterEvents,
    long misfits,
    @Nullable Misfit first) {

  /** Before anything was looked at. */
  static final Finding NONE = new Finding(0, 0, 0, 0, 0, 0, 0, null);

  Finding and(Finding later) {
    return new Finding(
        exceptions + later.exceptions,
        rows + later.rows,
        erased + later.erased,
        rulesetEvents + later.rulesetEvents,
        keyEvents + later.keyEvents,
        rosterEvents + later.rosterEvents,
        misfits + later.misfits,
        first == null ? later.first : first);
  }

  public boolean isClean() {
    return misfits == 0;
  }
}
