package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.ops.load.Remote;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Keeps the result of a backtest at an instance. */
final class Publication {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ClientOptions client;

  Publication(ClientOptions client) {
    this.client = client;
  }

  /** The number under which it is kept. */
  long of(Sha256 candidate, ObjectNode result) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                client.url().resolve("/v1/rulesets/%s/backtests".formatted(candidate)))
            .header("Authorization", "Bearer " + client.key())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(result.toString()))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw Remote.refusal(client.url(), response.statusCode(), response.body());
      }
      return JSON.readTree(response.body()).path("number").asLong();
    } catch (ConnectException e) {
      throw client.away(e);
    }
  }
}
