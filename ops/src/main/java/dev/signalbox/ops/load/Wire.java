package dev.signalbox.ops.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request whose answer is read while its body is still being sent, as straight-line code: a
 * stream without an end is answered meanwhile, and neither side buffers what the other does not
 * take.
 */
final class Wire implements AutoCloseable {
  private static final int BLOCK = 1 << 15;

  /** Of the answer, that wait for the reader. */
  private static final int PARTS_MAX = 64;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  /** Held, since a client that nobody holds is closed by the garbage collector. */
  private final HttpClient client = vertx.createHttpClient();

  private final HttpClientRequest request;
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final AtomicBoolean paused = new AtomicBoolean();
  private volatile @Nullable IOException unreadable;

  /** A part of the answer; without bytes its end, and then perhaps why. */
  private record Part(@Nullable Buffer bytes, @Nullable Throwable failure) {}

  private Wire(URI url, String key) throws IOException, InterruptedException {
    try {
      request =
          got(
              client.request(
                  new RequestOptions()
                      .setAbsoluteURI(url.toString())
                      .setMethod(HttpMethod.POST)
                      .putHeader("Authorization", "Bearer " + key)
                      .putHeader("Content-Type", "application/x-ndjson")));
    } catch (IOException | RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  /**
   * Connects, and sends what there is from now on.
   *
   * @throws java.net.ConnectException when nobody is there
   */
  static Wire open(URI url, String key, InputStream body) throws IOException, InterruptedException {
    var wire = new Wire(url, key);
    wire.request.setChunked(true);
    // Whoever waits for the answer is told.
    wire.request.exceptionHandler(failure -> {});
    wire.request.response().onSuccess(wire::take);
    Thread.ofVirtual().start(() -> wire.send(body));
    return wire;
  }

  private void send(InputStream body) {
    var block = new byte[BLOCK];
    try {
      for (int length = body.read(block); length >= 0; length = body.read(block)) {
        got(request.write(Buffer.buffer(Arrays.copyOf(block, length))));
      }
      request.end();
    } catch (IOException e) {
      unreadable = e;
      request.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * On the event loop as soon as the head is there: an answer may be over before its reader looks.
   * What arrived counts though the connection breaks then, so it is taken at once, and the other
   * side is held back only where the reader falls behind.
   */
  private void take(HttpClientResponse response) {
    response.handler(bytes -> {
      parts.add(new Part(bytes, null));
      if (parts.size() >= PARTS_MAX) {
        paused.set(true);
        response.pause();
        goOn(response);
      }
    });
    response.endHandler(end -> parts.add(new Part(null, null)));
    response.exceptionHandler(failure -> parts.add(new Part(null, failure)));
  }

  private void goOn(HttpClientResponse response) {
    if (parts.size() <= PARTS_MAX / 2 && paused.compareAndSet(true, false)) {
      response.resume();
    }
  }

  /** Waits for the head of the answer. */
  HttpClientResponse response() throws IOException, InterruptedException {
    try {
      return got(request.response());
    } catch (IOException e) {
      throw unreadable != null ? unreadable : e;
    }
  }

  /** The next bytes of the answer; null at its end. */
  byte @Nullable [] next(HttpClientResponse response) throws IOException, InterruptedException {
    var part = parts.take();
    goOn(response);
    if (part.failure() != null) {
      throw unreadable != null ? unreadable : broken(part.failure());
    }
    return part.bytes() == null ? null : part.bytes().getBytes();
  }

  private static <T> T got(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw broken(e.getCause() == null ? e : e.getCause());
    }
  }

  private static IOException broken(Throwable why) {
    return why instanceof IOException io
        ? io
        : new IOException("The connection broke: " + why.getMessage(), why);
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
