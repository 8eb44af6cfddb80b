package dev.signalbox.access;

/** What a key may do. */
public enum Role {
  /** Everything. */
  ADMIN,
  /** Refresh, activate and roll back rulesets, and read. */
  AUTHOR,
  /** Command cases and dead letters, and read. */
  OPERATOR,
  /** Report exceptions and withdraw them, and read what came of it. */
  REPORTER,
  /** Read. */
  VIEWER;

  /** Whether a key with this role may do what asks for another. */
  public boolean covers(Role needed) {
    return switch (this) {
      case ADMIN -> true;
      case AUTHOR -> needed == AUTHOR || needed == VIEWER;
      case OPERATOR -> needed == OPERATOR || needed == VIEWER;
      case REPORTER -> needed == REPORTER || needed == VIEWER;
      case VIEWER -> needed == VIEWER;
    };
  }
}
