package dev.signalbox.adapters.settings;

/** A text that no log, message or {@code toString} ever shows. */
public final class Secret {
  private final String value;

  /**
   * @throws IllegalArgumentException when it is empty: anybody could sign with an empty secret
   */
  public Secret(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A secret must not be empty.");
    }
    this.value = value;
  }

  /** The secret itself, for the one place that uses it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
