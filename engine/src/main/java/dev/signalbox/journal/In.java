package dev.signalbox.journal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link Out} wrote; what is missing or of another kind is {@link Corrupt}. Notes
 * what was asked for, so that {@link #end} finds what nothing reads.
 */
final class In {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();
  private final List<In> parts = new ArrayList<>();

  private In(JsonNode node) {
    this.node = node;
  }

  static In of(byte[] bytes) {
    try {
      return object(JSON.readTree(bytes), "A stored record is not a JSON object.");
    } catch (IOException e) {
      throw new Corrupt("A stored record is not JSON.", e);
    }
  }

  /** An object with nothing in it. */
  static In empty() {
    return new In(JSON.createObjectNode());
  }

  /**
   * Everything has been asked for.
   *
   * @throws Corrupt when there is a field that was not: it was not written by this version
   */
  void end() {
    parts.forEach(In::end);
    if (asked.size() < node.size()) {
      node.fieldNames()
          .forEachRemaining(field -> {
            if (!asked.contains(field)) {
              throw new Corrupt("There is no stored field \"" + field + "\".", null);
            }
          });
    }
  }

  String text(String field) {
    return present(field, textOrNull(field));
  }

  @Nullable String textOrNull(String field) {
    var value = value(field);
    if (value == null) {
      return null;
    }
    return textual(field, value);
  }

  <E extends Enum<E>> E value(Class<E> type, String field) {
    return present(field, valueOrNull(type, field));
  }

  <E extends Enum<E>> @Nullable E valueOrNull(Class<E> type, String field) {
    return parsed(field, name -> Enum.valueOf(type, name));
  }

  BigDecimal decimal(String field) {
    return present(field, decimalOrNull(field));
  }

  @Nullable BigDecimal decimalOrNull(String field) {
    return parsed(field, BigDecimal::new);
  }

  Instant instant(String field) {
    return present(field, instantOrNull(field));
  }

  @Nullable Instant instantOrNull(String field) {
    return parsed(field, Instant::parse);
  }

  long integer(String field) {
    var value = present(field, value(field));
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrongKind(field, "an integer");
    }
    return value.longValue();
  }

  /** Only what is true is written. */
  boolean truth(String field) {
    var value = value(field);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrongKind(field, "true or false");
    }
    return value.booleanValue();
  }

  In object(String field) {
    return present(field, objectOrNull(field));
  }

  @Nullable In objectOrNull(String field) {
    var value = value(field);
    return value == null ? null : part(field, value);
  }

  List<String> texts(String field) {
    var texts = new ArrayList<String>();
    for (var item : items(field)) {
      texts.add(textual(field, item));
    }
    return texts;
  }

  <T> List<T> list(String field, Function<In, T> form) {
    var items = new ArrayList<T>();
    for (var item : items(field)) {
      items.add(form.apply(part(field, item)));
    }
    return items;
  }

  /** A JSON tree as maps, lists, texts, decimals and booleans. */
  Map<String, @Nullable Object> tree(String field) {
    var value = value(field);
    return value == null ? Map.of() : members(object(value, kind(field, "an object")).node);
  }

  private static Map<String, @Nullable Object> members(JsonNode object) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    object.properties().forEach(entry -> members.put(entry.getKey(), plain(entry.getValue())));
    return members;
  }

  private static @Nullable Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> members(value);
      case ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        value.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case STRING -> value.textValue();
      case NUMBER -> value.decimalValue();
      case BOOLEAN -> value.booleanValue();
      case NULL -> null;
      case BINARY, MISSING, POJO -> throw new Corrupt("A stored tree holds a " + value, null);
    };
  }

  private @Nullable JsonNode value(String field) {
    var value = node.get(field);
    if (value != null) {
      asked.add(field);
    }
    return value;
  }

  private In part(String field, JsonNode value) {
    var part = object(value, kind(field, "an object"));
    parts.add(part);
    return part;
  }

  private Iterable<JsonNode> items(String field) {
    var value = value(field);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrongKind(field, "a list");
    }
    return value;
  }

  private <T> @Nullable T parsed(String field, Function<String, T> form) {
    var text = textOrNull(field);
    if (text == null) {
      return null;
    }
    try {
      return form.apply(text);
    } catch (RuntimeException e) {
      throw new Corrupt("The stored field \"" + field + "\" cannot be read.", e);
    }
  }

  private static In object(@Nullable JsonNode node, String otherwise) {
    if (node == null || !node.isObject()) {
      throw new Corrupt(otherwise, null);
    }
    return new In(node);
  }

  private static String textual(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw wrongKind(field, "a text");
    }
    return value.textValue();
  }

  private static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new Corrupt("A stored record has no field \"" + field + "\".", null);
    }
    return value;
  }

  private static Corrupt wrongKind(String field, String wanted) {
    return new Corrupt(kind(field, wanted), null);
  }

  private static String kind(String field, String wanted) {
    return "The stored field \"" + field + "\" is not " + wanted + ".";
  }
}
