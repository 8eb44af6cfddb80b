package dev.signalbox.db;

/** Another transaction was in the way; PostgreSQL says that a repeat may succeed. */
final class Contention extends RuntimeException {
  private static final long serialVersionUID = 1;

  Contention(Throwable cause) {
    super("Another transaction was in the way.", cause);
  }
}
