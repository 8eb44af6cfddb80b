package dev.signalbox.exceptions;

/** The configured name of an outside system, e.g. {@code jira}; 1 to 100 visible characters. */
public record TargetName(String value) {
  /**
   * @throws IllegalArgumentException unless {@code value} is 1 to 100 visible ASCII characters
   */
  public TargetName {
    Names.check("target", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
