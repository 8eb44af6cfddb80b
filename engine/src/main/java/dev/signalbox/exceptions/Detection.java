package dev.signalbox.exceptions;

import java.time.Instant;

/**
 * When the item was seen.
 *
 * @param first the age of the exception counts from here; a nightly re-run does not move it
 * @param last the newest detection
 * @param recurrences how often it came back after it had been resolved
 */
public record Detection(Instant first, Instant last, int recurrences) {

  /** The first sight of an item. */
  public static Detection first(Instant at) {
    return new Detection(at, at, 0);
  }

  /** After a further report; an earlier detection makes the item older, never younger. */
  public Detection again(Instant at) {
    return new Detection(earlier(first, at), later(last, at), recurrences);
  }

  /** After it came back: its age counts anew. */
  public Detection recurred(Instant at) {
    return new Detection(at, at, recurrences + 1);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
