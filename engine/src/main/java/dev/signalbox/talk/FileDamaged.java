package dev.signalbox.talk;

/** A file is not the one that was taken in, or is gone: none of it may be given out. */
public final class FileDamaged extends RuntimeException {
  private static final long serialVersionUID = 1;

  FileDamaged(String message) {
    super(message);
  }
}
