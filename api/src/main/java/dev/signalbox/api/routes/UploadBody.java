package dev.signalbox.api.routes;

import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.routes.LineAnswers.Gone;
import dev.signalbox.talk.IncomingFile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an upload, taken in as it comes: the next chunk is asked for when the last one is on
 * disk, so that a caller takes no more memory than a piece.
 */
final class UploadBody {
  private static final long BYTES_MAX = 25L << 20;
  private static final int PIECE = 256 << 10;
  private static final long PATIENCE_SECONDS = 20;

  private final Exchange exchange;
  private final IncomingFile file;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private Buffer piece = Buffer.buffer();

  private sealed interface Happening {
    record Chunk(Buffer bytes) implements Happening {}

    record Ended() implements Happening {}

    record Away() implements Happening {}
  }

  UploadBody(Exchange exchange, IncomingFile file) {
    this.exchange = exchange;
    this.file = file;
  }

  static boolean isTooLong(@Nullable String contentLength) {
    return contentLength != null
        && (contentLength.length() > 9 || Long.parseLong(contentLength) > BYTES_MAX);
  }

  static Problem tooLarge() {
    return Problem.of(
        413,
        "TOO_LARGE",
        "The body is too large.",
        "A file has at most %d bytes. Maybe give a link to it instead.".formatted(BYTES_MAX));
  }

  /**
   * Takes all of it.
   *
   * @return what is wrong with it; null when nothing is
   */
  @Nullable Problem take() throws Gone, InterruptedException {
    listen();
    while (true) {
      switch (happenings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        case null -> {
          return Problem.of(
              408,
              "TOO_SLOW",
              "The body did not arrive in time.",
              "Nothing of the file came for %d s.".formatted(PATIENCE_SECONDS));
        }
        case Happening.Chunk(var bytes) -> {
          if (file.bytes() + piece.length() + bytes.length() > BYTES_MAX) {
            return tooLarge();
          }
          piece.appendBuffer(bytes);
          if (piece.length() >= PIECE) {
            write();
          }
          exchange.onLoop(() -> exchange.request().fetch(1));
        }
        case Happening.Ended ended -> {
          write();
          file.end();
          return null;
        }
        case Happening.Away away -> throw new Gone(new IOException("The caller went away."));
      }
    }
  }

  private void listen() throws Gone, InterruptedException {
    new LineAnswers(exchange)
        .on(() -> {
          var request = exchange.request();
          request.handler(chunk -> happenings.add(new Happening.Chunk(chunk)));
          request.endHandler(nothing -> happenings.add(new Happening.Ended()));
          request.exceptionHandler(e -> happenings.add(new Happening.Away()));
          exchange.atEnd(() -> happenings.add(new Happening.Away()));
          exchange.goOn();
          request.fetch(1);
          return Future.succeededFuture();
        });
  }

  private void write() {
    file.add(piece.getBytes());
    piece = Buffer.buffer();
  }
}
