package dev.signalbox.ops.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams lines of reports into an instance and reads its answers meanwhile. Repeating a load that
 * broke off is safe: what was stored is answered as a duplicate.
 */
public final class Loader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI url;
  private final String key;

  public Loader(URI url, String key) {
    this.url = url;
    this.key = key;
  }

  /** How many lines a file has, for a progress bar. */
  public static long countLines(Path file) throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.count();
    }
  }

  /**
   * Loads.
   *
   * @param refused where lines go that were refused, each with its problem
   * @param progress told how many lines were answered
   * @throws IOException when the connection breaks; then repeat the load
   */
  public Summary load(InputStream in, Path refused, LongConsumer progress) throws IOException {
    long began = System.nanoTime();
    var counts = new HashMap<String, Long>();
    var sent = new ConcurrentHashMap<Long, String>();
    try (var client = HttpClient.newHttpClient();
        var lines = new SentLines(in, sent)) {
      var request =
          HttpRequest.newBuilder(url.resolve("/v1/exceptions"))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/x-ndjson")
              .POST(HttpRequest.BodyPublishers.ofInputStream(() -> lines))
              .build();
      var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(refusal(response));
      }
      read(response.body(), refused, sent, counts, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The load was interrupted; repeating it is safe.", e);
    }
    return new Summary(counts, Duration.ofNanos(System.nanoTime() - began));
  }

  private String refusal(HttpResponse<InputStream> response) throws IOException {
    try (var body = response.body()) {
      var problem = JSON.readTree(body.readAllBytes());
      return "%s answered %d: %s"
          .formatted(url, response.statusCode(), problem.path("detail").asText());
    }
  }

  private static void read(
      InputStream body,
      Path refused,
      Map<Long, String> sent,
      Map<String, Long> counts,
      LongConsumer progress)
      throws IOException {
    long answered = 0;
    try (var answers = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        var file = new RefusedLines(refused)) {
      for (var text = answers.readLine(); text != null; text = answers.readLine()) {
        var answer = JSON.readTree(text);
        var status = answer.path("status").asText();
        counts.merge(status, 1L, Long::sum);
        var line = sent.remove(answer.path("line").asLong());
        if (answer.has("problem")) {
          file.add(answer, line == null ? "" : line);
        }
        progress.accept(++answered);
      }
    }
  }

  /** The file of the refused lines; made when there is one. */
  private static final class RefusedLines implements AutoCloseable {
    private final Path file;
    private @Nullable Writer writer;

    RefusedLines(Path file) {
      this.file = file;
    }

    void add(JsonNode answer, String line) throws IOException {
      if (writer == null) {
        writer = Files.newBufferedWriter(file);
      }
      var node = JSON.createObjectNode().put("text", line);
      node.setAll((ObjectNode) answer);
      writer.write(node + "\n");
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
