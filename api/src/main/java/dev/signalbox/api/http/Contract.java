package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The contract: one OpenAPI 3.1 file, served as it is, and loaded for validation. */
public final class Contract {
  private static final String RESOURCE = "/openapi.yaml";

  private Contract() {}

  /** The file. */
  public static String text() {
    try (var in = Contract.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The contract " + RESOURCE + " is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The contract for validation. The validator knows JSON only: problems are JSON to it, and bodies
   * of other kinds are left out.
   */
  public static Future<OpenAPIContract> load(Vertx vertx) {
    return vertx
        .executeBlocking(Contract::simple)
        .compose(contract -> OpenAPIContract.from(vertx, contract));
  }

  private static JsonObject simple() throws IOException {
    var contract = new YAMLMapper().readTree(text());
    simplify(contract);
    return new JsonObject(contract.toString());
  }

  private static void simplify(JsonNode node) {
    if (node.get("content") instanceof ObjectNode content) {
      content.remove(List.of("application/x-ndjson", "application/yaml", "application/zip"));
      var problem = content.remove("application/problem+json");
      if (problem != null) {
        content.set("application/json", problem);
      }
    }
    node.forEach(Contract::simplify);
  }
}
