package dev.signalbox.db;

import org.jspecify.annotations.Nullable;

/** PostgreSQL refused a statement: a mistake of the program, or data it cannot take. */
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseFailure(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
