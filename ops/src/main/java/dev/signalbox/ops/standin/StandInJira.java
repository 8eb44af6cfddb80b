package dev.signalbox.ops.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in for JIRA: creates issues, finds them by label, and closes or rejects most of them
 * after a while by signed webhooks.
 */
public final class StandInJira implements AutoCloseable {
  /** By which it signs. */
  public static final String SECRET = "stand-in-secret-of-jira";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StandIn server;
  private final Map<String, String> keyByLabel = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  public StandInJira(long seed) {
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

  public int issues() {
    return count.get();
  }

  private void handle(HttpExchange exchange, byte[] body) throws IOException {
    var request = JSON.readTree(body);
    if (exchange.getRequestURI().getPath().endsWith("/search/jql")) {
      StandIn.answer(exchange, 200, found(request.path("jql").asText()));
    } else {
      StandIn.answer(exchange, 201, created(request.path("fields")));
    }
  }

  private String found(String jql) {
    var answer = JSON.createObjectNode();
    var issues = answer.putArray("issues");
    keyByLabel.forEach((label, key) -> {
      if (jql.contains("\"" + label + "\"")) {
        issues.addObject().put("id", key.replace("REC-", "")).put("key", key);
      }
    });
    return answer.put("isLast", true).toString();
  }

  private String created(JsonNode fields) {
    var key = "REC-" + count.incrementAndGet();
    fields.path("labels").forEach(label -> keyByLabel.put(label.asText(), key));
    double chance = server.chance();
    if (chance < 0.92) {
      answerLater(key, fields, chance < 0.8 ? "Done" : "Won't Do");
    }
    return JSON.createObjectNode().put("id", key.replace("REC-", "")).put("key", key).toString();
  }

  private void answerLater(String key, JsonNode created, String status) {
    var event =
        JSON.createObjectNode()
            .put("timestamp", System.currentTimeMillis())
            .put("webhookEvent", "jira:issue_updated");
    var fields = event.putObject("issue").put("key", key).putObject("fields");
    fields.set("labels", created.path("labels"));
    fields.putObject("status").put("name", status).putObject("statusCategory").put("key", "done");
    event
        .putObject("changelog")
        .putArray("items")
        .addObject()
        .put("field", "status")
        .put("fromString", "To Do")
        .put("toString", status);
    event.putObject("comment").put("body", "Handled by the stand-in.");
    var body = Signing.utf8(event.toString());
    var signature = HexFormat.of().formatHex(Signing.hmac(Signing.utf8(SECRET), body));
    server.answerLater(
        "/callbacks/jira",
        Map.of(
            "X-Hub-Signature",
            "sha256=" + signature,
            "X-Atlassian-Webhook-Identifier",
            UUID.randomUUID().toString()),
        body);
  }

  @Override
  public void close() {
    server.close();
  }
}
