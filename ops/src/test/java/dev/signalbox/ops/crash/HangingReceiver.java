package dev.signalbox.ops.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver of webhooks that tells its callers apart by their path, and hangs when it is told. */
final class HangingReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();

  /**
   * What came in.
   *
   * @param message its {@code webhook-id}
   */
  record Call(String caller, String message) {}

  HangingReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String caller) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), caller);
  }

  /** Whatever this caller sends gets no answer, until {@link #goOn}. */
  void hang(String caller) {
    hanging.put(caller, new CountDownLatch(1));
  }

  void goOn(String caller) {
    var latch = hanging.remove(caller);
    if (latch != null) {
      latch.countDown();
    }
  }

  /** The ids of the messages that a caller has sent, in order. */
  List<String> from(String caller) {
    return calls.stream().filter(call -> call.caller().equals(caller)).map(Call::message).toList();
  }

  /** Takes it in and names it after the caller. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var caller = exchange.getRequestURI().getPath().substring(1);
      var message = exchange.getRequestHeaders().getFirst("webhook-id");
      var latch = hanging.get(caller);
      calls.add(new Call(caller, message));
      if (latch != null) {
        latch.await();
      }
      var answer =
          "{\"externalReference\":\"%s\"}".formatted(caller).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(202, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    server.stop(0);
  }
}
