package dev.signalbox.rules.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.signalbox.rules.Finding;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses YAML files within bounds: what is too large or too deep is told before it is read. */
final class YamlFile {
  private static final int BYTES_MAX = 1 << 20;
  private static final int TOKENS_MAX = 300_000;
  private static final int DEPTH_MAX = 100;

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private YamlFile() {}

  /** The object that it is; an empty one, and a finding, when it is none. */
  static JsonNode object(String file, byte[] content, List<Finding> findings) {
    try {
      var fault = fault(file, content);
      var read = fault == null ? YAML.readTree(content) : null;
      if (read != null && read.isObject()) {
        return read;
      }
      findings.add(
          fault != null
              ? fault
              : Finding.of(file, "It must consist of fields such as \"name: value\"."));
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      findings.add(
          new Finding(
              file,
              at == null ? 0 : at.getLineNr(),
              at == null ? 0 : at.getColumnNr(),
              null,
              "It is not YAML: %s."
                  .formatted(e.getOriginalMessage().lines().findFirst().orElse("unreadable"))));
    } catch (IOException e) {
      findings.add(Finding.of(file, "It cannot be read: %s.".formatted(e.getMessage())));
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * What is too much, or read otherwise than it was meant: here an alias is the text of its name.
   */
  private static @Nullable Finding fault(String file, byte[] content) throws IOException {
    if (content.length > BYTES_MAX) {
      return Finding.of(
          file, "A YAML file has at most %,d bytes; make several.".formatted(BYTES_MAX));
    }
    try (var parser = YAML.getFactory().createParser(content)) {
      for (int tokens = 0; parser.nextToken() != null; tokens++) {
        if (tokens > TOKENS_MAX) {
          return Finding.of(
              file, "A YAML file has at most %,d values; make several.".formatted(TOKENS_MAX / 2));
        }
        if (parser.isCurrentAlias()) {
          var at = parser.currentTokenLocation();
          return new Finding(
              file,
              at.getLineNr(),
              at.getColumnNr(),
              null,
              "Aliases (*%s) are refused; write out what is meant.".formatted(parser.getText()));
        }
      }
      return null;
    }
  }
}
