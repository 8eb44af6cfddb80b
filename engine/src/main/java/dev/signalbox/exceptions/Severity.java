package dev.signalbox.exceptions;

/** How grave an exception is; decided by rules only. Declared from least to most grave. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  public boolean isGraverThan(Severity other) {
    return compareTo(other) > 0;
  }

  /** 0 for the least grave, rising. */
  public int rank() {
    return switch (this) {
      case LOW -> 0;
      case MEDIUM -> 1;
      case HIGH -> 2;
      case CRITICAL -> 3;
    };
  }
}
