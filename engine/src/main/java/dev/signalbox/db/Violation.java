package dev.signalbox.db;

/** A constraint of the database was violated. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String constraint;

  Violation(String constraint, Throwable cause) {
    super("The constraint \"" + constraint + "\" does not allow that.", cause);
    this.constraint = constraint;
  }

  public String constraint() {
    return constraint;
  }
}
