package dev.signalbox.ops.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.words.Nearest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of the configuration, read strictly: a name that means nothing is a mistake, not a wish.
 * What is wrong is noted, and reading goes on with what would hold without the setting, so that all
 * problems are told at once.
 */
public final class Section {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m|h)");

  private final String path;
  private final JsonNode node;
  private final Problems problems;

  /** Where problems go. */
  interface Problems {
    /**
     * @param path of the setting
     * @param sentence what is wrong with it
     */
    void add(String path, String sentence);
  }

  private Section(String path, JsonNode node, Problems problems) {
    this.path = path;
    this.node = node;
    this.problems = problems;
  }

  /** The whole of a configuration. */
  static Section root(JsonNode node, Problems problems) {
    return checked("", node, problems);
  }

  /**
   * A part that stands by itself.
   *
   * @param path with dots, for messages
   */
  public static Section at(String path, JsonNode node, Consumer<String> problems) {
    return checked(path, node, (where, sentence) -> problems.accept(sentence));
  }

  private static Section checked(String path, JsonNode node, Problems problems) {
    if (node.isObject() || node.isMissingNode() || node.isNull()) {
      return new Section(path, node, problems);
    }
    problems.add(
        path,
        path.isEmpty()
            ? "The configuration is a table of names with values."
            : "The setting \"%s\" is a table of names with values, not %s."
                .formatted(path, shown(node)));
    return new Section(path, JsonNodeFactory.instance.objectNode(), problems);
  }

  /** Notes every name that is not one of these. */
  public Section only(String... known) {
    for (var name : names()) {
      if (!List.of(known).contains(name)) {
        var nearest = Nearest.to(name, List.of(known));
        problems.add(
            full(name),
            "There is no setting \"%s\"%s."
                .formatted(
                    full(name),
                    nearest == null
                        ? "; there are "
                            + String.join(", ", List.of(known).stream().sorted().toList())
                        : ". Maybe \"%s\"".formatted(full(nearest))));
      }
    }
    return this;
  }

  /** The names it has. */
  public List<String> names() {
    return node.properties().stream().map(entry -> entry.getKey()).toList();
  }

  /** What is below a name; empty when there is nothing. */
  public Section section(String name) {
    return checked(full(name), node.path(name), problems);
  }

  JsonNode raw(String name) {
    return node.path(name);
  }

  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  public @Nullable String text(String name) {
    var value = node.path(name);
    if (value.isTextual()) {
      return value.textValue();
    }
    if (has(name)) {
      wrong(name, "a text, not %s".formatted(shown(value)));
    }
    return null;
  }

  /** One of some words; the first of them where nothing is said. */
  public String choice(String name, String... words) {
    var text = text(name);
    if (text == null || List.of(words).contains(text)) {
      return text == null ? words[0] : text;
    }
    wrong(name, "one of %s, not \"%s\"".formatted(String.join(", ", words), text));
    return words[0];
  }

  /** True or false. */
  public boolean flag(String name, boolean absent) {
    var value = node.path(name);
    if (has(name) && !value.isBoolean()) {
      wrong(name, "true or false, not %s".formatted(shown(value)));
    }
    return value.isBoolean() ? value.booleanValue() : absent;
  }

  /** A whole number. */
  public int number(String name, int min, int max, int absent) {
    return has(name) ? number(name, shown(node.path(name)), min, max, absent) : absent;
  }

  int number(String name, String text, int min, int max, int absent) {
    var digits = text.replace("\"", "");
    if (digits.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(digits);
      if (number >= min && number <= max) {
        return number;
      }
    }
    wrong(name, "a whole number from %d to %d, not %s".formatted(min, max, text));
    return absent;
  }

  /** An amount of money that is not negative; null where it is none. */
  public @Nullable BigDecimal amount(String name) {
    var text = node.path(name).asText();
    if (text.matches("[0-9]{1,18}([.][0-9]{1,8})?")) {
      return new BigDecimal(text);
    }
    wrong(name, "an amount like 1000 or \"1000.00\", not " + text);
    return null;
  }

  /** A duration like {@code 500ms}, {@code 90s}, {@code 15m} or {@code 4h}. */
  public Duration duration(String name, Duration absent) {
    if (!has(name)) {
      return absent;
    }
    var match = DURATION.matcher(node.path(name).asText());
    if (!match.matches()) {
      wrong(name, "a duration like 90s, 15m or 4h, not %s".formatted(shown(node.path(name))));
      return absent;
    }
    long count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  /**
   * Notes that a setting is wrong.
   *
   * @param what it should be and is not
   */
  public void wrong(String name, String what) {
    problems.add(full(name), "The setting \"%s\" is %s.".formatted(full(name), what));
  }

  private String full(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String shown(JsonNode value) {
    return value.isValueNode()
        ? value.isTextual() ? "\"" + value.textValue() + "\"" : value.asText()
        : value.isArray() ? "a list" : "a table";
  }
}
