package dev.signalbox.exceptions;

/** The configured name of an outside system, e.g. {@code jira}; 1 to 100 visible characters. */
public record TargetName(String value) {
  /** People outside of every system, who bring the answer by hand. */
  public static final TargetName MANUAL = new TargetName("manual");

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
