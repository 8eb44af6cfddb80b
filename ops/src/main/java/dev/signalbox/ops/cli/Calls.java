package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.load.Remote;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Short calls of a running instance, most answered by one JSON document. */
final class Calls {
  /** Numbers as they are: amounts are compared to their last digit. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ClientOptions client;

  Calls(ClientOptions client) {
    this.client = client;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(bytes(path));
  }

  /** What is no JSON. */
  byte[] bytes(String path) throws IOException, InterruptedException {
    return answer(request(path).build());
  }

  /** Takes effect once, also when its answer is lost on the way and it is said again. */
  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return JSON.readTree(
        answer(
            request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /** Says how something is to be; saying it again changes nothing. */
  JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return JSON.readTree(
        answer(
            request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    return JSON.readTree(answer(request(path).DELETE().build()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(client.url().resolve(path))
        .header("Authorization", "Bearer " + client.key());
  }

  private byte[] answer(HttpRequest request) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw Remote.refusal(client.url(), response.statusCode(), response.body());
      }
      return response.body();
    } catch (ConnectException e) {
      throw client.away(e);
    }
  }
}
