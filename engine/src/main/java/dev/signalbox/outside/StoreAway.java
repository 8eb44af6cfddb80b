package dev.signalbox.outside;

import org.jspecify.annotations.Nullable;

/** A store of files does not answer, or does not let us in. It may be different in a while. */
public final class StoreAway extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message for the log: which store, and what is the matter; no secrets
   */
  public StoreAway(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
