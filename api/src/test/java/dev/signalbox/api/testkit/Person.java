package dev.signalbox.api.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Somebody with a key, who speaks in the domain's verbs. */
public record Person(ApiClient client) {
  public static final String CASES = "/v1/exceptions";

  /** With the header that makes a request safe to repeat. */
  public Person once(String key) {
    return new Person(client.with("Idempotency-Key", key));
  }

  /** Only if the exception is at this version. */
  public Person ifAt(long version) {
    return new Person(client.with("If-Match", "\"" + version + "\""));
  }

  public Reply reports(JsonNode report) {
    return reports(report.toString());
  }

  /** Sends this body as a report or an array. */
  public Reply reports(String body) {
    return client.with("Content-Type", "application/json").post(CASES, body);
  }

  public Reply reports(byte[] body) {
    return client.with("Content-Type", "application/json").post(CASES, body);
  }

  public Reply reportsAll(List<? extends JsonNode> reports) {
    var list = JsonNodeFactory.instance.arrayNode();
    reports.forEach(list::add);
    return reports(list.toString());
  }

  public Reply streams(String... lines) {
    return client
        .with("Content-Type", "application/x-ndjson")
        .post(CASES, String.join("\n", lines) + "\n");
  }

  public Reply streams(byte[] bytes) {
    return client.with("Content-Type", "application/x-ndjson").post(CASES, bytes);
  }

  public Reply gets(String path) {
    return client.get(path);
  }

  public Reply sees(String id) {
    return client.get(CASES + "/" + id);
  }

  public Reply lists(String query) {
    return client.get(CASES + query);
  }

  public Reply reads(String id, String what) {
    return client.get(CASES + "/" + id + "/" + what);
  }

  /** The names of the events of an exception, in order. */
  public List<String> events(String id) {
    return StreamSupport.stream(
            reads(id, "history").is(200).json().path("items").spliterator(), false)
        .map(event -> event.path("type").asText())
        .toList();
  }

  public Reply clears(String id, @Nullable String reason) {
    var body = JsonNodeFactory.instance.objectNode();
    if (reason != null) {
      body.put("reason", reason);
    }
    return says(id, "clear", body);
  }

  public Reply dispatches(String id, String target) {
    return says(id, "dispatch", JsonNodeFactory.instance.objectNode().put("targetSystem", target));
  }

  public Reply answers(String id, ObjectNode callback) {
    return says(id, "callback", callback);
  }

  public Reply says(String id, String command, JsonNode body) {
    return posts(CASES + "/" + id + "/" + command, body.toString());
  }

  public Reply posts(String path, String body) {
    return client.with("Content-Type", "application/json").post(path, body);
  }
}
