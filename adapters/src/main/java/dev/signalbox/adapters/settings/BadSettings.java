package dev.signalbox.adapters.settings;

/** Settings that cannot be used: what is wrong, where, and what to do, for the operator. */
public final class BadSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadSettings(String message) {
    super(message);
  }
}
