package dev.signalbox.api.http;

import dev.signalbox.api.problems.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Collects a request's body, up to a limit; what is longer is refused while it comes. */
final class Bodies {

  private Bodies() {}

  /**
   * Collects.
   *
   * @param then runs on the event loop with the whole body
   */
  static void collect(Exchange exchange, int max, Consumer<byte[]> then) {
    var request = exchange.request();
    var body = Buffer.buffer();
    var state =
        new Object() {
          boolean over;
        };
    request.handler(chunk -> {
      if (state.over) {
        return;
      }
      if (body.length() + chunk.length() > max) {
        state.over = true;
        exchange.routing().response().putHeader("Connection", "close");
        exchange.problem(tooLarge(max));
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(nothing -> {
      if (!state.over) {
        then.accept(body.getBytes());
      }
    });
    request.resume();
  }

  static Problem tooLarge(int max) {
    return Problem.of(
        413,
        "TOO_LARGE",
        "The body is too large.",
        "The body has more than %d bytes. Maybe send a stream (application/x-ndjson)."
            .formatted(max));
  }
}
