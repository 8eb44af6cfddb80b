package dev.signalbox.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds answers against the contract, more strictly than a client may: the status is named (what
 * {@code default} covers is not), the media type and the headers are named, and the body has no
 * field that the schema does not know.
 */
public final class ContractCheck {
  private static final String BASE = "https://contract.test/";

  /** What may be answered to what is not in the contract. */
  private static final Map<String, String> UNNAMED =
      Map.of("400", "Invalid", "404", "NotFound", "405", "MethodNotAllowed");

  private final JsonNode contract;
  private final Map<JsonNode, Validator> validators = new HashMap<>();

  private ContractCheck(JsonNode contract) {
    this.contract = contract;
  }

  public static ContractCheck load() {
    try (var in = ContractCheck.class.getResourceAsStream("/openapi.yaml")) {
      var contract = new YAMLMapper().readTree(in);
      close(contract);
      return new ContractCheck(contract);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The contract itself. */
  public JsonNode contract() {
    return contract;
  }

  /** An object has the fields that are named, and no others, unless it says otherwise. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && object.path("type").asText().equals("object")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(ContractCheck::close);
  }

  /** Fails when the answer is not as the contract says. */
  public void check(String method, String path, Reply reply) {
    var response = response(method, path, reply);
    headers(response, reply);
    if (method.equals("HEAD") || reply.status() == 304 || reply.status() == 204) {
      assertThat(reply.body()).as(reply.toString()).isEmpty();
      return;
    }
    assertThat(reply.body()).as(reply.toString()).isNotEmpty();
    var type = String.valueOf(reply.header("content-type")).replaceAll(";.*", "");
    var contents = response.path("content");
    boolean isFile = contents.has("application/octet-stream") && !type.endsWith("json");
    var content = contents.path(isFile ? "application/octet-stream" : type);
    assertThat(content.isMissingNode()).as("undeclared media type: %s", reply).isFalse();
    switch (type) {
      case "application/json", "application/problem+json" ->
          valid(content.path("schema"), reply.json(), reply);
      case "application/x-ndjson" ->
          reply.lines().forEach(line -> valid(content.path("x-line"), line, reply));
      default -> assertThat(reply.body()).isNotEmpty();
    }
    if (type.equals("application/problem+json")) {
      assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
    }
  }

  private JsonNode response(String method, String path, Reply reply) {
    var status = Integer.toString(reply.status());
    var operations = operations(path.replaceAll("\\?.*", ""));
    var named = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    if (operations == null || !operations.has(named)) {
      assertThat(UNNAMED).as("what is not in the contract: %s", reply).containsKey(status);
      return contract.at("/components/responses/" + UNNAMED.get(status));
    }
    var response = operations.path(named).path("responses").path(status);
    assertThat(response.isMissingNode()).as("undeclared status: %s", reply).isFalse();
    return resolved(response);
  }

  private @Nullable JsonNode operations(String path) {
    var parts = path.split("/", -1);
    JsonNode best = null;
    int fewest = Integer.MAX_VALUE;
    for (var entry : contract.path("paths").properties()) {
      var template = entry.getKey().split("/", -1);
      int open = 0;
      boolean fits = template.length == parts.length;
      for (int i = 0; fits && i < parts.length; i++) {
        boolean any = template[i].startsWith("{");
        open += any ? 1 : 0;
        fits = any || template[i].equals(parts[i]);
      }
      if (fits && open < fewest) {
        best = entry.getValue();
        fewest = open;
      }
    }
    return best;
  }

  private void headers(JsonNode response, Reply reply) {
    for (var header : response.path("headers").properties()) {
      boolean needed = resolved(header.getValue()).path("required").asBoolean(false);
      if (needed) {
        assertThat(reply.header(header.getKey()))
            .as("%s in %s", header.getKey(), reply)
            .isNotNull();
      }
    }
    for (var name : List.of("etag", "location", "retry-after", "allow", "www-authenticate")) {
      boolean declared =
          response.path("headers").properties().stream()
              .anyMatch(header -> header.getKey().equalsIgnoreCase(name));
      assertThat(declared || reply.header(name) == null)
          .as("undeclared header %s: %s", name, reply)
          .isTrue();
    }
  }

  private void valid(JsonNode schema, ObjectNode body, Reply reply) {
    assertThat(schema.isMissingNode()).as("undeclared body: %s", reply).isFalse();
    var found =
        validators
            .computeIfAbsent(schema, this::validator)
            .validate(new JsonObject(body.toString()));
    assertThat(found.getValid()).as("%s%n%s", reply, found.getErrors()).isTrue();
  }

  private Validator validator(JsonNode schema) {
    var whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", contract.path("components"));
    return Validator.create(
        JsonSchema.of(new JsonObject(whole.toString())),
        new JsonSchemaOptions()
            .setBaseUri(BASE)
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  private JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : resolved(contract.at(reference.substring(1)));
  }
}
