package dev.signalbox.api.routes;

import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.routes.LineAnswers.Gone;
import dev.signalbox.db.Database;
import dev.signalbox.talk.FileTable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an upload, written to a file as it comes: the next chunk is asked for when the last
 * one is on disk, so that a caller takes no more memory than a piece.
 */
final class UploadBody {
  private static final long BYTES_MAX = 25L << 20;
  private static final int PIECE = 256 << 10;
  private static final long PATIENCE_SECONDS = 20;

  private final Exchange exchange;
  private final Database database;
  private final UUID file;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final MessageDigest digest = sha256Digest();
  private Buffer piece = Buffer.buffer();
  private long written;
  private String sha256 = "";

  private sealed interface Happening {
    record Chunk(Buffer bytes) implements Happening {}

    record Ended() implements Happening {}

    record Away() implements Happening {}
  }

  UploadBody(Exchange exchange, Database database, UUID file) {
    this.exchange = exchange;
    this.database = database;
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

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }

  long bytes() {
    return written;
  }

  /** 64 hexadecimal digits, once all is taken. */
  String sha256() {
    return sha256;
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
          if (written + piece.length() + bytes.length() > BYTES_MAX) {
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
          sha256 = HexFormat.of().formatHex(digest.digest());
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
    if (piece.length() == 0) {
      return;
    }
    var bytes = piece.getBytes();
    digest.update(bytes);
    long offset = written;
    database.inTransaction(tx -> {
      FileTable.put(tx, file, offset, bytes);
      return true;
    });
    written += bytes.length;
    piece = Buffer.buffer();
  }
}
