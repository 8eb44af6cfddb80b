package dev.signalbox.ops.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls of a running instance. */
public final class Api {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String url;
  private final String key;

  public Api(String url, String key) {
    this.url = url;
    this.key = key;
  }

  public HttpResponse<String> post(String path, String type, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(request, headers);
  }

  /** Posts a report, and gives back the id of the exception. */
  public String reported(ObjectNode report, String... headers) {
    var answer = post("/v1/exceptions", "application/json", report.toString(), headers);
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError("The report was refused: " + answer.body());
    }
    return json(answer).path("id").asText();
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)));
  }

  /** Waits until an exception has a status. */
  public void awaitStatus(String id, String status) {
    Until.holds(() -> json(get("/v1/exceptions/" + id)).path("status").asText().equals(status));
  }

  public static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    request.header("Authorization", "Bearer " + key);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
