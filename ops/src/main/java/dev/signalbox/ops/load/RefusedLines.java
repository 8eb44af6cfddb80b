package dev.signalbox.ops.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of the refused lines, each with its reason; made when there is one. That of an earlier
 * load goes, so that none is taken for what it is not.
 */
final class RefusedLines implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private @Nullable Writer writer;

  RefusedLines(Path file) throws IOException {
    this.file = file;
    if (Files.isRegularFile(file)) {
      Files.delete(file);
    }
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
