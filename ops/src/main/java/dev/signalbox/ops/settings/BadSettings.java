package dev.signalbox.ops.settings;

/** A setting that cannot be used; the message is for the operator. */
public final class BadSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadSettings(String message) {
    super(message);
  }
}
