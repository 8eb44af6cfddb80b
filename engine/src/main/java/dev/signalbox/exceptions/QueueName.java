package dev.signalbox.exceptions;

/** The name of a work list, e.g. {@code senior}; 1 to 100 visible characters. */
public record QueueName(String value) {
  /**
   * @throws IllegalArgumentException unless {@code value} is 1 to 100 visible ASCII characters
   */
  public QueueName {
    Names.check("queue", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
