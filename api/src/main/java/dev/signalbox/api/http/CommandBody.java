package dev.signalbox.api.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.problems.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of a command: read strictly, and without what no database can keep. */
final class CommandBody {
  private static final int DEPTH_MAX = 64;
  private static final int NUMBER_LENGTH_MAX = 100;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(NUMBER_LENGTH_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Either of them. */
  sealed interface Reading {
    record Accepted(ObjectNode body) implements Reading {}

    record Refused(Problem problem) implements Reading {}
  }

  private CommandBody() {}

  /** Reads one object; no bytes are an empty one. */
  static Reading read(byte[] bytes) {
    if (bytes.length == 0) {
      return new Reading.Accepted(JsonNodeFactory.instance.objectNode());
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      var node = JSON.readTree(text);
      if (node instanceof ObjectNode object) {
        var fault = unstorable(object, "");
        return fault == null ? new Reading.Accepted(object) : refused(fault);
      }
      return refused("", "NOT_AN_OBJECT", "The body is a JSON object.");
    } catch (CharacterCodingException e) {
      return refused("", "NOT_UTF_8", "The text is not valid UTF-8.");
    } catch (StreamConstraintsException e) {
      return refused(
          "",
          "TOO_LARGE",
          "The body is nested more than %d deep, or has a number of more than %d characters."
              .formatted(DEPTH_MAX, NUMBER_LENGTH_MAX));
    } catch (JsonParseException e) {
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      return e.getOriginalMessage().startsWith("Duplicate field")
          ? refused("", "DUPLICATE_FIELD", "A field appears twice, at column %d.".formatted(column))
          : refused(
              "",
              "NOT_JSON",
              "The text is not JSON: something is wrong at column %d.".formatted(column));
    } catch (IOException e) {
      return refused("", "NOT_JSON", "The text is not JSON.");
    }
  }

  private static Problem.@Nullable Fault unstorable(JsonNode node, String pointer) {
    if (node.isTextual()) {
      return unstorable(node.textValue())
          ? new Problem.Fault(
              pointer,
              "CHARACTER",
              "The text holds the character U+0000, or half of a surrogate pair.")
          : null;
    }
    for (var field : node.properties()) {
      var place = pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
      var fault = unstorable(field.getValue(), place);
      if (fault != null) {
        return fault;
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      var fault = unstorable(node.get(i), pointer + "/" + i);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static boolean unstorable(String text) {
    return text.codePoints().anyMatch(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff));
  }

  private static Reading refused(String pointer, String code, String detail) {
    return refused(new Problem.Fault(pointer, code, detail));
  }

  private static Reading refused(Problem.Fault fault) {
    return new Reading.Refused(Problem.invalid(fault.detail(), List.of(fault)));
  }
}
