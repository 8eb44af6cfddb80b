package dev.signalbox.ops.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A ledger as its documentation wants it: it posts once for a key. It refuses what is posted to
 * {@code closed}, and does not answer in time when it books the first posting to {@code slow}.
 */
final class StandInLedger implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long SLOW_MILLIS = 2_500;

  private final HttpServer server;
  private final Map<String, Booked> booked = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A posting in its books. */
  record Booked(String reference, JsonNode posting) {}

  /** A request, and what it was answered. */
  record Asked(String key, String body, int status) {}

  StandInLedger() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/postings", this::post);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All that it was asked about an exception, in order. */
  List<Asked> asked(String exceptionId) {
    return asked.stream().filter(one -> one.body().contains(exceptionId)).toList();
  }

  /** All that it booked for an exception. */
  List<Booked> booked(String exceptionId) {
    return booked.values().stream()
        .filter(one -> one.posting().path("exceptionId").asText().equals(exceptionId))
        .toList();
  }

  private void post(HttpExchange exchange) throws IOException {
    try (exchange) {
      var key = requireNonNull(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var posting = JSON.readTree(body);
      if (isTo("closed", posting)) {
        asked.add(new Asked(key, body, 422));
        answer(exchange, 422, "{\"detail\":\"The account is closed.\"}");
        return;
      }
      var first = new Booked("GL-" + key.substring(0, 8), posting);
      boolean isNew = booked.putIfAbsent(key, first) == null;
      asked.add(new Asked(key, body, isNew ? 201 : 409));
      if (isNew && isTo("slow", posting)) {
        Thread.sleep(SLOW_MILLIS);
      }
      answer(
          exchange,
          isNew ? 201 : 409,
          "{\"reference\":\"%s\"}".formatted(requireNonNull(booked.get(key)).reference()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isTo(String account, JsonNode posting) {
    return posting.findValuesAsText("account").contains(account);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
