package dev.signalbox.rules.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.exceptions.Money;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Hours;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a YAML file, read strictly: what does not fit becomes a finding, and
 * reading goes on, so that an author sees everything at once.
 */
public final class YamlFields {
  private final String file;
  private final String path;
  private final JsonNode node;
  private final List<Finding> findings;

  private YamlFields(String file, String path, JsonNode node, List<Finding> findings) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.findings = findings;
  }

  /** The object that the whole file is; an empty one, and a finding, when it is none. */
  public static YamlFields of(String file, byte[] content, List<Finding> findings) {
    return new YamlFields(file, "", YamlFile.object(file, content, findings), findings);
  }

  /** Finds fault with every field that is not one of these. */
  public YamlFields only(String... names) {
    var known = new TreeSet<>(List.of(names));
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            fault(
                name, "is not a field; the fields here are %s".formatted(String.join(", ", known)));
          }
        });
    return this;
  }

  /** Whether the field is there. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** The fields that are there, in their order. */
  public List<String> names() {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** How many values stand in it, at all depths. */
  public int size() {
    return size(node);
  }

  private static int size(JsonNode node) {
    int size = 1;
    for (var inner : node) {
      size += size(inner);
    }
    return size;
  }

  /** The text of a field that must be there; empty, and a finding, when it is not. */
  public String text(String name) {
    var value = node.path(name);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      fault(name, "needs a text");
      return "";
    }
    return value.asText();
  }

  /** As {@link #text}; null where the field is missing. */
  public @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  /** True or false; false where the field is missing. */
  public boolean flag(String name) {
    if (has(name) && !node.path(name).isBoolean()) {
      fault(name, "is true or false");
    }
    return node.path(name).asBoolean();
  }

  /** A whole number from 0; 0 where the field is missing. */
  public int count(String name) {
    if (has(name) && !(node.path(name).canConvertToInt() && node.path(name).asInt() >= 0)) {
      fault(name, "is a whole number from 0");
    }
    return node.path(name).asInt();
  }

  /** A duration as {@link Hours} reads it; zero, and a finding, when it is none. */
  public Duration duration(String name) {
    return duration(name, node.path(name));
  }

  /** As {@link #duration}; null where the field is missing. */
  public @Nullable Duration durationOrNull(String name) {
    return has(name) ? duration(name) : null;
  }

  /** A list of durations; empty where the field is missing. */
  public List<Duration> durations(String name) {
    return items(name, item -> duration(name, item));
  }

  private Duration duration(String name, JsonNode value) {
    var duration = value.isTextual() ? Hours.parse(value.textValue()) : null;
    if (duration == null) {
      fault(name, "needs %s".formatted(Hours.FORM));
      return Duration.ZERO;
    }
    return duration;
  }

  /** An instant; null where the field is missing. */
  public @Nullable Instant instantOrNull(String name) {
    if (!has(name)) {
      return null;
    }
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      fault(name, "needs an instant such as 2026-03-31T23:00:00Z");
      return null;
    }
  }

  /** Whether the field is a list. */
  public boolean isList(String name) {
    return node.path(name).isArray();
  }

  /** An amount; it is better written as a text, since some tools round numbers. */
  public BigDecimal decimal(String name) {
    var value = node.path(name);
    if (value.isNumber() || value.isTextual()) {
      var text = value.asText();
      if (text.matches(
          "-?\\d{1,%d}(\\.\\d{1,%d})?".formatted(Money.DIGITS_MAX, Money.DECIMALS_MAX))) {
        return new BigDecimal(text);
      }
    }
    fault(name, "needs a decimal number such as 1250.00");
    return BigDecimal.ZERO;
  }

  /** As {@link #decimal}; null where the field is missing. */
  public @Nullable BigDecimal decimalOrNull(String name) {
    return has(name) ? decimal(name) : null;
  }

  /** A list of texts; empty where the field is missing. */
  public List<String> texts(String name) {
    return items(
        name,
        item -> {
          if (!item.isTextual()) {
            fault(name, "is a list of texts");
          }
          return item.asText();
        });
  }

  /** The constant of that name; the first one, and a finding, when there is none. */
  public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    var text = text(name);
    for (var constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    fault(name, "is one of %s".formatted(List.of(type.getEnumConstants())));
    return type.getEnumConstants()[0];
  }

  /** The object in a field; an empty one where there is none. */
  public YamlFields object(String name) {
    var value = node.path(name);
    if (has(name) && !value.isObject()) {
      fault(name, "consists of fields such as \"name: value\"");
    }
    return inside(name, value);
  }

  /** The objects of a list; none where there is no list. */
  public List<YamlFields> objects(String name) {
    var index = new int[1];
    return items(name, item -> inside("%s[%d]".formatted(name, index[0]++), item));
  }

  /** What stands in a field, as plain maps, lists, texts, decimals and booleans. */
  public Map<String, @Nullable Object> tree(String name) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    object(name).node.properties().forEach(e -> tree.put(e.getKey(), plain(e.getValue())));
    return tree;
  }

  /** These fields, and where one is missing, that of others. */
  public YamlFields orElse(YamlFields others) {
    var merged = JsonNodeFactory.instance.objectNode();
    others.node.properties().forEach(e -> merged.set(e.getKey(), e.getValue()));
    node.properties().forEach(e -> merged.set(e.getKey(), e.getValue()));
    return new YamlFields(file, path, merged, findings);
  }

  /** Finds fault with a field: {@code what} follows its name, and ends without a full stop. */
  public void fault(String name, String what) {
    if (findings.size() < Finding.ENOUGH) {
      findings.add(Finding.of(file, "\"%s%s\" %s.".formatted(path, name, what)));
    }
  }

  private YamlFields inside(String name, JsonNode value) {
    return new YamlFields(file, path + name + ".", value, findings);
  }

  private <T> List<T> items(String name, Function<JsonNode, T> reading) {
    var value = node.path(name);
    if (has(name) && !value.isArray()) {
      fault(name, "is a list");
    }
    var items = new ArrayList<T>();
    value.forEach(item -> items.add(reading.apply(item)));
    return items;
  }

  private static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var object = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(e -> object.put(e.getKey(), plain(e.getValue())));
        yield object;
      }
      case ARRAY -> {
        var array = new ArrayList<@Nullable Object>();
        node.forEach(item -> array.add(plain(item)));
        yield array;
      }
      case NUMBER -> node.decimalValue();
      case BOOLEAN -> node.booleanValue();
      case STRING, BINARY, POJO -> node.asText();
      case NULL, MISSING -> null;
    };
  }
}
