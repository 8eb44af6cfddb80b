package dev.signalbox.ops.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of the refused lines, each with its reason; made when there is one. */
final class RefusedLines implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private @Nullable Writer writer;

  RefusedLines(Path file) {
    this.file = file;
  }

  /** Written at once, so that nothing is missing when the load is stopped. */
  void add(JsonNode answer, String line) throws IOException {
    if (writer == null) {
      writer = Files.newBufferedWriter(file);
    }
    var node = JSON.createObjectNode().put("text", line);
    node.setAll((ObjectNode) answer);
    writer.write(node + "\n");
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
