package dev.signalbox.api.http;

import java.time.Duration;

/**
 * How long the server waits for its callers.
 *
 * @param idle a connection on which nothing moves for so long is cut
 * @param body so long the body of one request may take to arrive; a stream may take for ever
 * @param finish so long requests that are under way may take when the server stops
 */
public record Limits(Duration idle, Duration body, Duration finish) {
  public static final Limits STANDARD =
      new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(20));
}
