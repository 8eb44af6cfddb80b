package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.intake.ReportLines;
import dev.signalbox.intake.ReportReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream of reports, answered line by line in order. Runs straight through on a virtual thread:
 * it asks for the next chunk only while few enough lines are on their way, and waits while the
 * caller does not read its answers. A caller who goes away harms nobody; what was handed in is
 * kept.
 */
final class ReportStream {
  private static final int ON_THEIR_WAY_MAX = 1_000;

  private final Exchange exchange;
  private final ReportRoutes routes;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final ArrayDeque<CompletableFuture<ObjectNode>> onTheirWay = new ArrayDeque<>();
  private final ReportLines lines = new ReportLines(this::line);

  /** What the event loop and the intake tell this thread. */
  private sealed interface Happening {
    record Chunk(Buffer bytes) implements Happening {}

    record Answered() implements Happening {}

    record Ended() implements Happening {}

    record Gone() implements Happening {}
  }

  ReportStream(Exchange exchange, ReportRoutes routes) {
    this.exchange = exchange;
    this.routes = routes;
  }

  void run() {
    try {
      begin();
      if (readAll()) {
        lines.end();
        while (!onTheirWay.isEmpty()) {
          onTheirWay.peek().join();
          write();
        }
        onLoop(() -> exchange.routing().response().end());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // The caller is gone; nobody is left to tell.
    }
  }

  private void begin() throws InterruptedException, ExecutionException {
    onLoop(() -> {
      var request = exchange.request();
      exchange.routing().response().setChunked(true);
      exchange.routing().response().putHeader("Content-Type", "application/x-ndjson");
      request.handler(chunk -> happenings.add(new Happening.Chunk(chunk)));
      request.endHandler(nothing -> happenings.add(new Happening.Ended()));
      request.exceptionHandler(e -> happenings.add(new Happening.Gone()));
      exchange.routing().response().closeHandler(nothing -> happenings.add(new Happening.Gone()));
      request.fetch(1);
      return Future.succeededFuture();
    });
  }

  /** Whether the caller sent all, rather than going away. */
  private boolean readAll() throws InterruptedException, ExecutionException {
    boolean asked = true;
    while (true) {
      // All that has happened by now is answered by one write.
      for (var next = happenings.take(); next != null; next = happenings.poll()) {
        switch (next) {
          case Happening.Chunk chunk -> {
            asked = false;
            lines.push(chunk.bytes().getBytes());
          }
          case Happening.Answered answered -> {}
          case Happening.Ended ended -> {
            return true;
          }
          case Happening.Gone gone -> {
            return false;
          }
        }
      }
      write();
      if (!asked && onTheirWay.size() < ON_THEIR_WAY_MAX) {
        asked = true;
        exchange.routing().vertx().runOnContext(nothing -> exchange.request().fetch(1));
      }
    }
  }

  private void line(long number, byte @Nullable [] text) {
    var answer =
        text == null
            ? CompletableFuture.completedFuture(Answers.refused(number, routes.counted(tooLong())))
            : routes.answer(exchange, number, text);
    onTheirWay.add(answer);
    answer.whenComplete((nothing, failure) -> happenings.add(new Happening.Answered()));
  }

  private static Problem tooLong() {
    return Problem.of(
        413,
        "TOO_LONG",
        "The line is too long.",
        "A report has at most %d bytes; this line has more.".formatted(ReportReader.BYTES_MAX));
  }

  /** Writes the answers that are next in order; waits while the caller does not read. */
  private void write() throws InterruptedException, ExecutionException {
    var ready = Buffer.buffer();
    for (var next = onTheirWay.peek(); next != null && next.isDone(); next = onTheirWay.peek()) {
      ready.appendString(onTheirWay.remove().join().toString()).appendString("\n");
    }
    if (ready.length() > 0) {
      onLoop(() -> exchange.routing().response().write(ready));
    }
  }

  /** Runs a step on the event loop and waits until it is done. */
  private void onLoop(Supplier<Future<Void>> step) throws InterruptedException, ExecutionException {
    var done = new CompletableFuture<@Nullable Void>();
    exchange
        .routing()
        .vertx()
        .runOnContext(
            nothing -> step.get().onComplete(done::complete, done::completeExceptionally));
    done.get();
  }
}
