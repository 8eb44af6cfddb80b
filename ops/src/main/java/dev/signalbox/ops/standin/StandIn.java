package dev.signalbox.ops.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both stand-ins share: a small server, its mishaps, and answers that come later. */
final class StandIn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandIn.class);
  private static final Duration HANG = Duration.ofSeconds(3);
  private static final int ANSWER_TRIES = 5;

  private final HttpServer server;
  private final Mishaps mishaps;
  private final AtomicInteger due = new AtomicInteger();
  private final ScheduledExecutorService later =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile String callbacks = "";

  /** What to do with a request that meets no mishap. */
  interface Speaker {
    void handle(HttpExchange exchange, byte[] body) throws IOException;
  }

  StandIn(long seed, Speaker speaker) {
    mishaps = new Mishaps(seed);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("A stand-in found no port.", e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> handle(exchange, speaker));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where the answers go; until it is said, they wait. */
  void answersTo(String signalbox) {
    callbacks = signalbox;
  }

  double chance() {
    return mishaps.chance();
  }

  /** Whether no answer is on its way. */
  boolean isQuiet() {
    return due.get() == 0;
  }

  private void handle(HttpExchange exchange, Speaker speaker) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("X-Stand-In", "this is not the real system");
      switch (mishaps.next()) {
        case NONE -> speaker.handle(exchange, body);
        case SERVER_ERROR -> answer(exchange, 500, "{\"errorMessages\":[\"stand-in: oops\"]}");
        case TOO_MANY -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          answer(exchange, 429, "{}");
        }
        case OUTAGE -> answer(exchange, 503, "{}");
        case HANG -> {
          TimeUnit.MILLISECONDS.sleep(HANG.toMillis());
          answer(exchange, 504, "{}");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void answer(HttpExchange exchange, int status, String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Sends an answer back after a while, again while it is not taken. */
  void answerLater(String path, Map<String, String> headers, byte[] body) {
    due.incrementAndGet();
    send(path, headers, body, ANSWER_TRIES, 300 + (long) (1_500 * mishaps.chance()));
  }

  private void send(
      String path, Map<String, String> headers, byte[] body, int tries, long delayMillis) {
    later.schedule(
        () -> {
          if (isTaken(path, headers, body) || tries == 1) {
            due.decrementAndGet();
          } else {
            send(path, headers, body, tries - 1, 1_000);
          }
        },
        delayMillis,
        TimeUnit.MILLISECONDS);
  }

  private boolean isTaken(String path, Map<String, String> headers, byte[] body) {
    if (callbacks.isEmpty()) {
      return false;
    }
    try {
      var request =
          HttpRequest.newBuilder(URI.create(callbacks + path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        LOG.warn("A stand-in's answer got {}.", status);
      }
      return status == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
    server.stop(0);
    client.shutdownNow();
  }
}
