package dev.signalbox.db;

import org.jspecify.annotations.Nullable;

/** PostgreSQL is away, too slow, or out of resources. It may be back in a moment. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final boolean outcomeUnknown;

  Unavailable(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /** Whether the work may have been committed all the same: only the answer was lost. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }

  Unavailable withOutcomeUnknown() {
    return new Unavailable(getMessage() + " Whether it committed is unknown.", this, true);
  }
}
