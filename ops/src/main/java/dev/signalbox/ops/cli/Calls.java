package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.load.Remote;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Short calls of a running instance, each answered by one JSON document. */
final class Calls {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ClientOptions client;

  Calls(ClientOptions client) {
    this.client = client;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path).build());
  }

  /** Takes effect once, also when its answer is lost on the way and it is said again. */
  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(client.url().resolve(path))
        .header("Authorization", "Bearer " + client.key());
  }

  private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw Remote.refusal(client.url(), response.statusCode(), response.body());
      }
      return JSON.readTree(response.body());
    } catch (ConnectException e) {
      throw client.away(e);
    }
  }
}
