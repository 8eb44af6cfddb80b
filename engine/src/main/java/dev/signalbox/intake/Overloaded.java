package dev.signalbox.intake;

/** More is handed in than can be committed; nothing was done, and it is safe to repeat. */
public final class Overloaded extends RuntimeException {
  private static final long serialVersionUID = 1;

  Overloaded(int waiting) {
    super(
        "%d reports wait to be committed already. Maybe send fewer at a time.".formatted(waiting),
        null,
        false,
        false);
  }
}
