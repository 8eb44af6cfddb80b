package dev.signalbox.rules.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;

/** A YAML file as a tree; an empty one where it is none, which the check tells. */
final class YamlTree {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private YamlTree() {}

  static JsonNode of(byte[] content) {
    try {
      return YAML.readTree(content);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
