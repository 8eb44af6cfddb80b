package dev.signalbox.ops.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file, and where in it each setting stands.
 *
 * @param name for people; null when there is no file
 * @param lines of the settings, by their path with dots
 */
record ConfigFile(@Nullable String name, JsonNode yaml, Map<String, Integer> lines) {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  static ConfigFile none() {
    return new ConfigFile(null, JsonNodeFactory.instance.objectNode(), Map.of());
  }

  /**
   * Reads.
   *
   * @throws BadSettings when there is no file, or it is not YAML
   */
  static ConfigFile read(Path file) {
    try {
      var text = Files.readString(file);
      var node = YAML.readTree(text);
      boolean empty = node == null || node.isMissingNode() || node.isNull();
      return new ConfigFile(
          String.valueOf(file.getFileName()),
          empty ? JsonNodeFactory.instance.objectNode() : node,
          lines(text));
    } catch (NoSuchFileException e) {
      throw new BadSettings("The configuration file %s does not exist.".formatted(file));
    } catch (JsonProcessingException e) {
      throw new BadSettings(
          "The configuration file %s is not YAML, in line %d: %s."
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("unreadable")));
    } catch (IOException e) {
      throw new BadSettings("The configuration file %s cannot be read.".formatted(file));
    }
  }

  private static Map<String, Integer> lines(String text) throws IOException {
    var lines = new HashMap<String, Integer>();
    try (var parser = YAML.createParser(text)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          var path = parser.getParsingContext().pathAsPointer().toString();
          lines.put(path.substring(1).replace('/', '.'), parser.currentTokenLocation().getLineNr());
        }
      }
    }
    return lines;
  }

  /** Where a setting stands, as the beginning of a sentence; empty where there is no file. */
  String where(String path) {
    if (name == null) {
      return "";
    }
    var line = lines.get(path);
    return line == null ? name + ": " : "%s, line %d: ".formatted(name, line);
  }
}
