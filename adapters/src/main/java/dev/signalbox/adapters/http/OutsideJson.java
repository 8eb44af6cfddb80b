package dev.signalbox.adapters.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON that others wrote, and that we write to them. */
public final class OutsideJson {
  private static final int DEPTH_MAX = 100;
  private static final int NUMBER_LENGTH_MAX = 100;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private OutsideJson() {}

  /** An object; null for everything else, malformed or doubtful. */
  public static @Nullable JsonNode object(byte[] body) {
    try {
      var node = MAPPER.readTree(body);
      return node != null && node.isObject() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** The same, of an answer that was read as text. */
  public static @Nullable JsonNode object(String body) {
    return object(body.getBytes(StandardCharsets.UTF_8));
  }

  /** A text field that is not blank and not longer than this; null for everything else. */
  public static @Nullable String text(JsonNode object, String field, int max) {
    var value = object.path(field);
    return value.isTextual() && !value.asText().isBlank() && value.asText().length() <= max
        ? value.asText()
        : null;
  }

  /** The same, without control characters: for ids and names. */
  public static @Nullable String word(JsonNode object, String field, int max) {
    var text = text(object, field, max);
    return text == null || text.chars().anyMatch(Character::isISOControl) ? null : text;
  }

  /** Whether a field is not there, or null. */
  public static boolean isAbsent(JsonNode object, String field) {
    var value = object.path(field);
    return value.isMissingNode() || value.isNull();
  }

  /** The tree of a value of ours: maps, lists, texts, numbers and booleans. */
  public static JsonNode tree(@Nullable Object value) {
    return MAPPER.valueToTree(value);
  }

  public static String text(JsonNode node) {
    return written(MAPPER.writer(), node);
  }

  /** Over several lines, for people. */
  public static String pretty(JsonNode node) {
    return written(MAPPER.writerWithDefaultPrettyPrinter(), node);
  }

  private static String written(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of our own cannot be written.", e);
    }
  }
}
