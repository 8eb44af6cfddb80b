package dev.signalbox.exceptions;

/**
 * The raw record as it was received: JSON text, character for character (its bytes were valid
 * UTF-8, so they are the same); never read by rules.
 */
public record Payload(String json) {
  @Override
  public String toString() {
    return json;
  }
}
