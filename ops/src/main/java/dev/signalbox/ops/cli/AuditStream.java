package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.load.Remote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A long look of a running instance at what it stores, followed line by line to its end. */
final class AuditStream {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ClientOptions client;

  AuditStream(ClientOptions client) {
    this.client = client;
  }

  /** What it says in the end; meanwhile a progress bar moves. */
  JsonNode last(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(client.url().resolve(path))
            .header("Authorization", "Bearer " + client.key())
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        try (var body = response.body()) {
          throw Remote.refusal(client.url(), response.statusCode(), body.readAllBytes());
        }
      }
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        return last(lines);
      }
    } catch (ConnectException e) {
      throw client.away(e);
    }
  }

  private static JsonNode last(BufferedReader lines) throws IOException {
    try (var bar = bar("exceptions", -1)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var node = JSON.readTree(line);
        if (node.has("of")) {
          bar.maxHint(node.path("of").asLong());
        }
        bar.stepTo(node.path("exceptions").asLong());
        if (node.path("done").asBoolean()) {
          return node;
        }
      }
    }
    throw new IOException("The instance broke off; maybe ask again.");
  }

  /**
   * A bar that moves on the standard error.
   *
   * @param of how much there is; -1 where nobody knows
   */
  static ProgressBar bar(String what, long of) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(of)
        .setStyle(ProgressBarStyle.ASCII)
        .showSpeed()
        .build();
  }
}
