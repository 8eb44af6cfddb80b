package dev.signalbox.ops.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * The sample file, moved to now: its dates count from an instant long past, and an item of last
 * year would be critical by its age alone.
 */
public final class Sample {
  /** What the dates of the file count back from. */
  public static final Instant WRITTEN_AT = Instant.parse("2026-03-02T06:00:00Z");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Sample() {}

  /** The lines of the file as of an instant. */
  public static InputStream asOf(Path file, Instant now) throws IOException {
    var by = Duration.between(WRITTEN_AT, now);
    try (var lines = Files.lines(file)) {
      var moved = lines.map(line -> moved(line, by)).collect(Collectors.joining("\n", "", "\n"));
      return new ByteArrayInputStream(moved.getBytes(StandardCharsets.UTF_8));
    }
  }

  static String moved(String line, Duration by) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode report) {
        move(report, "transactionDate", by);
        move(report, "detectedAt", by);
        return report.toString();
      }
      return line;
    } catch (JsonProcessingException e) {
      // One of the lines that are wrong on purpose.
      return line;
    }
  }

  private static void move(ObjectNode report, String field, Duration by) {
    var text = report.path(field).textValue();
    try {
      if (text != null) {
        report.put(field, Instant.parse(text).plus(by).toString());
      }
    } catch (DateTimeException e) {
      report.put(field, text);
    }
  }
}
