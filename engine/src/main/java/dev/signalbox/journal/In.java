package dev.signalbox.journal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link Out} wrote; what is missing or of another kind is {@link Corrupt}. */
final class In {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonNode node;

  private In(JsonNode node) {
    this.node = node;
  }

  static In of(byte[] bytes) {
    try {
      return new In(JSON.readTree(bytes));
    } catch (IOException e) {
      throw new Corrupt("A stored record is not JSON.", e);
    }
  }

  /** An object with nothing in it. */
  static In empty() {
    return new In(JSON.createObjectNode());
  }

  String text(String field) {
    return present(field, textOrNull(field));
  }

  @Nullable String textOrNull(String field) {
    var value = node.get(field);
    return value == null ? null : value.textValue();
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
    var value = node.get(field);
    if (value == null || !value.canConvertToLong()) {
      throw missing(field);
    }
    return value.longValue();
  }

  boolean truth(String field) {
    var value = node.get(field);
    return value != null && value.booleanValue();
  }

  In object(String field) {
    return present(field, objectOrNull(field));
  }

  @Nullable In objectOrNull(String field) {
    var value = node.get(field);
    return value == null ? null : new In(value);
  }

  List<String> texts(String field) {
    var texts = new ArrayList<String>();
    for (var item : node.path(field)) {
      texts.add(item.textValue());
    }
    return texts;
  }

  <T> List<T> list(String field, Function<In, T> form) {
    var items = new ArrayList<T>();
    for (var item : node.path(field)) {
      items.add(form.apply(new In(item)));
    }
    return items;
  }

  /** A JSON tree as maps, lists, texts, decimals and booleans. */
  Map<String, @Nullable Object> tree(String field) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    node.path(field)
        .properties()
        .forEach(entry -> tree.put(entry.getKey(), plain(entry.getValue())));
    return tree;
  }

  private static @Nullable Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        yield map;
      }
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

  private static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  private static Corrupt missing(String field) {
    return new Corrupt("A stored record has no field \"" + field + "\".", null);
  }
}
