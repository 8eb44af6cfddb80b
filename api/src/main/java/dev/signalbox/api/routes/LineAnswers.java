package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.http.Exchange;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer of many lines, written from a virtual thread at the pace at which the caller reads.
 * What fails after its beginning breaks the connection, so that nobody takes half for the whole.
 */
final class LineAnswers {
  private final Exchange exchange;

  LineAnswers(Exchange exchange) {
    this.exchange = exchange;
  }

  /** The caller has gone; nobody is left to tell. */
  static final class Gone extends Exception {
    private static final long serialVersionUID = 1;

    Gone(Throwable cause) {
      super(cause);
    }
  }

  /** Sends the head, so that the caller knows that it is listened to. */
  void begin() throws Gone, InterruptedException {
    on(() -> {
      var response = exchange.routing().response();
      response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
      return response.writeHead();
    });
  }

  void line(JsonNode node) throws Gone, InterruptedException {
    write(Buffer.buffer(node + "\n"));
  }

  /** Writes whole lines, and waits until the caller takes them. */
  void write(Buffer lines) throws Gone, InterruptedException {
    on(() -> exchange.routing().response().write(lines));
  }

  void end() throws Gone, InterruptedException {
    on(() -> {
      var ending = exchange.routing().response().end();
      exchange.letTheRestGoBy();
      return ending;
    });
  }

  /** Runs a step on the event loop and waits until it is done. */
  void on(Supplier<Future<Void>> step) throws Gone, InterruptedException {
    var done = new CompletableFuture<@Nullable Void>();
    exchange.onLoop(() -> step.get().onComplete(done::complete, done::completeExceptionally));
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new Gone(e);
    }
  }
}
