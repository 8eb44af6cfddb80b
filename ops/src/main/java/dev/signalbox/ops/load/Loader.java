package dev.signalbox.ops.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Streams lines of reports into an instance and reads its answers meanwhile. Repeating a load that
 * broke off is safe: what was stored is answered as a duplicate. For one load.
 */
public final class Loader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BLOCK = 1 << 16;
  private static final int OK = 200;

  private final URI url;
  private final String key;
  private final long began = System.nanoTime();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Map<Long, String> sent = new ConcurrentHashMap<>();
  private long answered;

  public Loader(URI url, String key) {
    this.url = url;
    this.key = key;
  }

  /** How many lines a file has, for a progress bar. */
  public static long countLines(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var block = new byte[BLOCK];
      long lines = 0;
      byte last = '\n';
      for (int length = in.read(block); length > 0; length = in.read(block)) {
        for (int i = 0; i < length; i++) {
          lines += block[i] == '\n' ? 1 : 0;
        }
        last = block[length - 1];
      }
      return last == '\n' ? lines : lines + 1;
    }
  }

  /**
   * Loads.
   *
   * @param refused where lines go that were refused, each with its problem
   * @param progress told how many lines were answered
   * @throws java.net.ConnectException when nobody is there
   * @throws IOException when the connection breaks; then repeat the load
   * @throws IllegalStateException when the instance refuses the whole of it
   */
  public Summary load(InputStream in, Path refused, LongConsumer progress) throws IOException {
    try (var lines = new SentLines(in, sent);
        var wire = Wire.open(url.resolve("/v1/exceptions"), key, lines)) {
      var response = wire.response();
      if (response.statusCode() != OK) {
        throw Remote.refusal(url, response.statusCode(), whole(wire, response));
      }
      read(wire, response, refused, progress);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The load was interrupted.", e);
    }
    return summary();
  }

  private static byte[] whole(Wire wire, HttpClientResponse response)
      throws IOException, InterruptedException {
    var body = new ByteArrayOutputStream();
    for (var part = wire.next(response); part != null; part = wire.next(response)) {
      body.write(part);
    }
    return body.toByteArray();
  }

  /** What came of it so far; may be asked from another thread. */
  public Summary summary() {
    return new Summary(counts, Duration.ofNanos(System.nanoTime() - began));
  }

  private void read(Wire wire, HttpClientResponse response, Path refused, LongConsumer progress)
      throws IOException, InterruptedException {
    var line = new ByteArrayOutputStream();
    try (var file = new RefusedLines(refused)) {
      for (var part = wire.next(response); part != null; part = wire.next(response)) {
        for (byte b : part) {
          if (b == '\n') {
            answered(JSON.readTree(line.toByteArray()), file);
            progress.accept(++answered);
            line.reset();
          } else {
            line.write(b);
          }
        }
      }
    }
  }

  private void answered(JsonNode answer, RefusedLines file) throws IOException {
    var text = sent.remove(answer.path("line").asLong());
    if (answer.has("problem")) {
      file.add(answer, text == null ? "" : text);
    }
    counts.merge(answer.path("status").asText(), 1L, Long::sum);
  }
}
