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
}
