package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Answers;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.routes.LineAnswers.Gone;
import dev.signalbox.intake.ReportLines;
import dev.signalbox.intake.ReportReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stream of reports, answered line by line in order. Runs straight through on a virtual thread:
 * it asks for the next chunk only while few enough lines are on their way, and waits while the
 * caller does not read its answers. A caller who goes away harms nobody; what was handed in is
 * kept. When the server stops, what was read is answered, and the stream ends.
 */
final class ReportStream {
  private static final int ON_THEIR_WAY_MAX = 2_000;
  private static final int PIECE = 4_096;
  private static final long BYTES_ON_THEIR_WAY_MAX = 8L << 20;

  private final Exchange exchange;
  private final ReportRoutes routes;
  private final LineAnswers answers;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final ArrayDeque<OnItsWay> onTheirWay = new ArrayDeque<>();
  private final ReportLines lines = new ReportLines(this::line);
  private long bytesOnTheirWay;

  private record OnItsWay(CompletableFuture<ObjectNode> answer, int bytes) {}

  /** What the event loop and the intake tell this thread. */
  private sealed interface Happening {
    record Chunk(Buffer bytes) implements Happening {}

    record Answered() implements Happening {}

    record Ended() implements Happening {}

    record Stopping() implements Happening {}

    record Away() implements Happening {}
  }

  ReportStream(Exchange exchange, ReportRoutes routes) {
    this.exchange = exchange;
    this.routes = routes;
    this.answers = new LineAnswers(exchange);
  }

  void run() {
    try {
      answers.on(() -> {
        exchange.goOn();
        return Future.succeededFuture();
      });
      answers.begin();
      listen();
      if (readAll()) {
        while (!onTheirWay.isEmpty()) {
          onTheirWay.peek().answer().join();
          write();
        }
        answers.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Gone e) {
      // What was handed in is kept.
    } catch (RuntimeException e) {
      exchange.failed(e);
    }
  }

  private void listen() throws Gone, InterruptedException {
    answers.on(() -> {
      var request = exchange.request();
      request.handler(chunk -> happenings.add(new Happening.Chunk(chunk)));
      request.endHandler(nothing -> happenings.add(new Happening.Ended()));
      request.exceptionHandler(e -> happenings.add(new Happening.Away()));
      exchange.atEnd(() -> happenings.add(new Happening.Away()));
      request.connection().shutdownHandler(nothing -> happenings.add(new Happening.Stopping()));
      request.fetch(1);
      return Future.succeededFuture();
    });
  }

  /** Whether there is somebody to answer to. */
  private boolean readAll() throws Gone, InterruptedException {
    boolean asked = true;
    while (true) {
      // All that has happened by now is answered by one write.
      for (var next = happenings.take(); next != null; next = happenings.poll()) {
        switch (next) {
          case Happening.Chunk chunk -> {
            asked = false;
            take(chunk.bytes());
          }
          case Happening.Answered answered -> {}
          case Happening.Ended ended -> {
            lines.end();
            return true;
          }
          case Happening.Stopping stopping -> {
            return true;
          }
          case Happening.Away away -> {
            return false;
          }
        }
      }
      write();
      if (!asked && hasRoom()) {
        asked = true;
        exchange.onLoop(() -> exchange.request().fetch(1));
      }
    }
  }

  /** A few lines at a time: an answer may be a hundred times as long as its line. */
  private void take(Buffer chunk) throws Gone, InterruptedException {
    for (int from = 0; from < chunk.length(); from += PIECE) {
      lines.push(chunk.getBytes(from, Math.min(chunk.length(), from + PIECE)));
      for (var oldest = onTheirWay.peek();
          oldest != null && !hasRoom();
          oldest = onTheirWay.peek()) {
        oldest.answer().join();
        write();
      }
    }
  }

  private boolean hasRoom() {
    return onTheirWay.size() < ON_THEIR_WAY_MAX && bytesOnTheirWay < BYTES_ON_THEIR_WAY_MAX;
  }

  private void line(long number, byte @Nullable [] text) {
    var answer =
        text == null
            ? CompletableFuture.completedFuture(Answers.refused(number, routes.counted(tooLong())))
            : routes.answer(exchange, number, text, exchange.once(number, text));
    int bytes = text == null ? 0 : text.length;
    onTheirWay.add(new OnItsWay(answer, bytes));
    bytesOnTheirWay += bytes;
    answer.whenComplete((nothing, failure) -> happenings.add(new Happening.Answered()));
  }

  private static Problem tooLong() {
    return Answers.tooLong(
        "A report has at most %d bytes; this line has more.".formatted(ReportReader.BYTES_MAX));
  }

  /** Writes the answers that are next in order; waits while the caller does not read. */
  private void write() throws Gone, InterruptedException {
    var ready = Buffer.buffer();
    for (var next = onTheirWay.peek();
        next != null && next.answer().isDone();
        next = onTheirWay.peek()) {
      onTheirWay.remove();
      bytesOnTheirWay -= next.bytes();
      ready.appendString(next.answer().join().toString()).appendString("\n");
    }
    if (ready.length() > 0) {
      answers.write(ready);
    }
  }
}
