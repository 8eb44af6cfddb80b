package dev.signalbox.exceptions;

import java.time.Duration;
import java.time.Instant;

/**
 * A case rests: neither its due time nor its fallback chain comes nearer.
 *
 * @param until when it wakes by itself
 * @param by who let it rest
 */
public record Pause(Instant since, Instant until, String reason, String by) {

  /** How long it rested when it wakes at an instant; no longer than was said, however late. */
  Duration endedAt(Instant at) {
    return Duration.between(since, at.isBefore(until) ? at : until);
  }
}
