package dev.signalbox.ops.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A lean caller over loopback HTTP, so that little of the machine goes into asking. */
final class Client implements AutoCloseable {
  private static final int CHUNK = 32 * 1024;
  private static final int CREATED = 201;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http;
  private final String url;
  private final String key;

  Client(String url, String key, int connections) {
    http =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true),
            new PoolOptions().setHttp1MaxSize(connections));
    this.url = url;
    this.key = key;
  }

  /** Streams the lines in, and returns when each is answered: how long that took. */
  Duration stream(List<byte[]> lines) {
    long began = System.nanoTime();
    var answers = new Answers();
    http.request(post("application/x-ndjson"))
        .compose(request -> {
          request.setChunked(true);
          var answered =
              request
                  .response()
                  .compose(response -> {
                    response.handler(answers::count);
                    return response.end();
                  });
          new Sender(request, lines.iterator()).send();
          return answered;
        })
        .await();
    if (answers.lines != lines.size() || answers.recorded != lines.size()) {
      throw new IllegalStateException(
          "Of %d lines %d were answered, %d with a new exception."
              .formatted(lines.size(), answers.lines, answers.recorded));
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private RequestOptions post(String type) {
    return new RequestOptions()
        .setAbsoluteURI(url + "/v1/exceptions")
        .setMethod(HttpMethod.POST)
        .putHeader("Authorization", "Bearer " + key)
        .putHeader("Content-Type", type);
  }

  /** Sends while the connection takes it. */
  private record Sender(HttpClientRequest request, Iterator<byte[]> lines) {
    void send() {
      while (lines.hasNext() && !request.writeQueueFull()) {
        var chunk = Buffer.buffer(CHUNK + 4096);
        while (lines.hasNext() && chunk.length() < CHUNK) {
          chunk.appendBytes(lines.next()).appendByte((byte) '\n');
        }
        request.write(chunk);
      }
      if (lines.hasNext()) {
        request.drainHandler(drained -> send());
      } else {
        request.end();
      }
    }
  }

  /** Counts answers without reading them: every one has its status near its beginning. */
  private static final class Answers {
    private static final String NEW = "\"status\":\"recorded\"";
    private long lines;
    private long recorded;
    private Buffer rest = Buffer.buffer();

    void count(Buffer chunk) {
      var text = rest.appendBuffer(chunk).toString(StandardCharsets.ISO_8859_1);
      int from = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        lines++;
        int at = text.indexOf(NEW, from);
        recorded += at >= 0 && at < end ? 1 : 0;
        from = end + 1;
      }
      rest = Buffer.buffer(text.substring(from), "ISO-8859-1");
    }
  }

  /** How fast single requests were answered. */
  record Rate(double perSecond, double p50Millis, double p99Millis) {
    static Rate of(long[] nanos, Duration took) {
      Arrays.sort(nanos);
      return new Rate(
          nanos.length / (took.toNanos() / 1e9),
          nanos[nanos.length / 2] / 1e6,
          nanos[nanos.length * 99 / 100] / 1e6);
    }
  }

  /** Sends each as a request of its own, over so many connections at once. */
  Rate singles(List<byte[]> reports, int connections) {
    var left = new ArrayDeque<>(reports);
    var nanos = new long[reports.size()];
    var answered = new AtomicInteger();
    var done = Promise.<Void>promise();
    long began = System.nanoTime();
    vertx.runOnContext(start -> {
      for (int i = 0; i < connections; i++) {
        next(left, nanos, answered, done);
      }
    });
    done.future().await();
    var took = Duration.ofNanos(System.nanoTime() - began);
    return Rate.of(nanos, took);
  }

  /** On the one event loop: no two at once. */
  private void next(
      ArrayDeque<byte[]> left, long[] nanos, AtomicInteger answered, Promise<Void> done) {
    var report = left.poll();
    if (report == null) {
      return;
    }
    long began = System.nanoTime();
    one(report)
        .onSuccess(status -> {
          if (status != CREATED) {
            done.tryFail(new IllegalStateException("A report was answered with " + status + "."));
            return;
          }
          int count = answered.getAndIncrement();
          nanos[count] = System.nanoTime() - began;
          if (count + 1 == nanos.length) {
            done.tryComplete();
          }
          next(left, nanos, answered, done);
        })
        .onFailure(done::tryFail);
  }

  private Future<Integer> one(byte[] report) {
    return http.request(post("application/json"))
        .compose(request ->
            request
                .send(Buffer.buffer(report))
                .compose(response -> response.end().map(response.statusCode())));
  }

  @Override
  public void close() {
    http.close().await();
    vertx.close().await();
  }
}
