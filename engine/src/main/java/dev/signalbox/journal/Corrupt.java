package dev.signalbox.journal;

import org.jspecify.annotations.Nullable;

/** What is stored is not what was written. */
public final class Corrupt extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Corrupt(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
