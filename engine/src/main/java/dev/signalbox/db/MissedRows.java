package dev.signalbox.db;

/** A statement did not change the rows it was meant to; nothing was changed. */
public final class MissedRows extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissedRows() {
    super("A statement did not change the rows it was meant to.", null, false, false);
  }
}
