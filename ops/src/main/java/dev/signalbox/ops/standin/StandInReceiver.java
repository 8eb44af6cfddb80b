package dev.signalbox.ops.standin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in for a receiver of webhooks: takes each message once, by its id, and answers most of
 * them after a while with a signed message (Standard Webhooks).
 */
public final class StandInReceiver implements AutoCloseable {
  /** By which both sides sign. */
  public static final String SECRET =
      "whsec_" + Base64.getEncoder().encodeToString(Signing.utf8("stand-in-secret-of-webhooks"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StandIn server;
  private final Map<String, String> references = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  public StandInReceiver(long seed) {
    server = new StandIn(seed, this::handle);
  }

  public String url() {
    return server.url();
  }

  /** Where the answers go. */
  public void answersTo(String signalbox) {
    server.answersTo(signalbox);
  }

  public boolean isQuiet() {
    return server.isQuiet();
  }

  public int messages() {
    return references.size();
  }

  private void handle(HttpExchange exchange, byte[] body) throws IOException {
    var id = exchange.getRequestHeaders().getFirst("webhook-id");
    var known = references.get(id);
    var reference = known != null ? known : "WH-" + count.incrementAndGet();
    if (known == null) {
      references.put(id, reference);
      double chance = server.chance();
      if (chance < 0.92) {
        var exception = JSON.readTree(body).path("data").path("exceptionId").asText();
        answerLater(exception, reference, chance < 0.85 ? "RESOLVED" : "REOPENED");
      }
    }
    StandIn.answer(
        exchange, 202, JSON.createObjectNode().put("externalReference", reference).toString());
  }

  private void answerLater(String exception, String reference, String status) {
    var message =
        JSON.createObjectNode()
            .put("type", "exception.answered")
            .put("timestamp", Instant.now().toString());
    message
        .putObject("data")
        .put("exceptionId", exception)
        .put("externalReference", reference)
        .put("status", status)
        .put("notes", "Answered by the stand-in.");
    var body = Signing.utf8(message.toString());
    var id = UUID.randomUUID().toString();
    var timestamp = Long.toString(Instant.now().getEpochSecond());
    var key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
    var signature = Signing.hmac(key, Signing.utf8(id + "." + timestamp + "."), body);
    server.answerLater(
        "/callbacks/webhook/webhook",
        Map.of(
            "webhook-id",
            id,
            "webhook-timestamp",
            timestamp,
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(signature)),
        body);
  }

  @Override
  public void close() {
    server.close();
  }
}
