package dev.signalbox.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a look at the whole store found, so far or in the end.
 *
 * @param exceptions how many were recomputed
 * @param rows how many rows of the journal were
 * @param misfits how many exceptions do not fit
 * @param first the first of them; null when all fit
 */
public record Finding(long exceptions, long rows, long misfits, @Nullable Misfit first) {

  /** Before anything was looked at. */
  static final Finding NONE = new Finding(0, 0, 0, null);

  Finding with(int moreRows, @Nullable Misfit misfit) {
    return new Finding(
        exceptions + 1,
        rows + moreRows,
        misfits + (misfit == null ? 0 : 1),
        first == null ? misfit : first);
  }

  Finding withOrphan(Misfit orphan) {
    return new Finding(exceptions, rows, misfits + 1, first == null ? orphan : first);
  }

  public boolean isClean() {
    return misfits == 0;
  }
}
