package dev.signalbox.api.http;

import dev.signalbox.api.problems.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bodies of the requests of one event loop: each up to a limit and within a time, all
 * together up to a bound. What is more is refused while it comes.
 */
public final class Bodies {

  private final Duration within;
  private final long allMax;

  /** Of all requests that are not answered yet. Only the event loop touches it. */
  private long held;

  /**
   * For one event loop.
   *
   * @param allMax bytes of all bodies together
   */
  public Bodies(Duration within, long allMax) {
    this.within = within;
    this.allMax = allMax;
  }

  /**
   * Collects.
   *
   * @param max in bytes
   * @param then runs on the event loop with the whole body; what it throws is answered
   */
  public void collect(Exchange exchange, int max, Consumer<byte[]> then) {
    var request = exchange.request();
    var objection = objection(request, max);
    if (objection != null) {
      exchange.problem(objection);
      return;
    }
    var one = new One(exchange, max, then);
    long timer =
        exchange.routing().vertx().setTimer(within.toMillis(), late -> one.refuse(tooSlow()));
    exchange.atEnd(() -> exchange.routing().vertx().cancelTimer(timer));
    exchange.atEnd(() -> held -= one.body.length());
    request.handler(one::take);
    request.endHandler(nothing -> one.end());
    request.exceptionHandler(gone -> one.refused = true);
    exchange.goOn();
    request.resume();
  }

  /** What can be said before a byte of it has come. */
  private static @Nullable Problem objection(HttpServerRequest request, int max) {
    var encoded = MediaTypes.encoded(request);
    if (encoded != null) {
      return encoded;
    }
    var length = request.getHeader("Content-Length");
    return length != null && (length.length() > 9 || Long.parseLong(length) > max)
        ? tooLarge(max)
        : null;
  }

  /** The body of one request. */
  private final class One {
    private final Exchange exchange;
    private final int max;
    private final Consumer<byte[]> then;
    private final Buffer body = Buffer.buffer();
    private boolean refused;

    One(Exchange exchange, int max, Consumer<byte[]> then) {
      this.exchange = exchange;
      this.max = max;
      this.then = then;
    }

    void take(Buffer chunk) {
      if (refused) {
        return;
      }
      if (body.length() + chunk.length() > max) {
        refuse(tooLarge(max));
      } else if (held + chunk.length() > allMax) {
        refuse(Problem.unavailable("Too much is being sent at once. It is safe to repeat."));
      } else {
        held += chunk.length();
        body.appendBuffer(chunk);
      }
    }

    void end() {
      if (!refused) {
        refused = true;
        exchange.step(() -> then.accept(body.getBytes()));
      }
    }

    void refuse(Problem problem) {
      if (!refused) {
        refused = true;
        exchange.problem(problem);
      }
    }
  }

  private Problem tooSlow() {
    return Problem.of(
        408,
        "TOO_SLOW",
        "The body did not arrive in time.",
        "A body has to arrive within %d s.".formatted(within.toSeconds()));
  }

  private static Problem tooLarge(int max) {
    return Problem.of(
        413,
        "TOO_LARGE",
        "The body is too large.",
        "The body has more than %d bytes. Maybe send a stream (application/x-ndjson)."
            .formatted(max));
  }
}
