package dev.signalbox.desk;

/** Rolls a commit back because another writer was faster; the batch is read and decided anew. */
final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  Overtaken(Throwable cause) {
    super("Another writer changed one of the cases.", cause, false, false);
  }
}
