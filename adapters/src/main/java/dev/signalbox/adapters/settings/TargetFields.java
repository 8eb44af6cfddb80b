package dev.signalbox.adapters.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.words.Nearest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one target, read field by field; a field nobody knows is a mistake. Reading a
 * field throws what is wrong with it; within {@link #noting} that is noted, and {@link #complete}
 * tells all of it at once.
 */
public final class TargetFields {
  /** Stands in for an address that cannot be read. */
  public static final URI NOWHERE = URI.create("http://nowhere.invalid");

  private final String place;
  private final JsonNode node;
  private final Function<String, @Nullable String> secrets;
  private final List<String> problems = new ArrayList<>();

  private TargetFields(String place, JsonNode node, Function<String, @Nullable String> secrets) {
    this.place = place;
    this.node = node;
    this.secrets = secrets;
  }

  /**
   * @param secrets looks a reference such as {@code env:NAME} up; see {@link SecretReferences}
   * @throws BadSettings when {@code node} is no object; a field that is not {@code known} is noted
   */
  public static TargetFields of(
      TargetName target,
      JsonNode node,
      Set<String> known,
      Function<String, @Nullable String> secrets) {
    return at("targets." + target, node, known, secrets);
  }

  /**
   * The same for what is configured elsewhere.
   *
   * @param place with dots, for messages
   */
  public static TargetFields at(
      String place, JsonNode node, Set<String> known, Function<String, @Nullable String> secrets) {
    if (!node.isObject()) {
      throw new BadSettings("%s is no set of fields.".formatted(place));
    }
    var fields = new TargetFields(place, node, secrets);
    for (var field : node.properties()) {
      if (!known.contains(field.getKey())) {
        fields.unknown(field.getKey(), known.stream().sorted().toList());
      }
    }
    return fields;
  }

  private void unknown(String field, List<String> known) {
    var nearest = Nearest.to(field, known);
    problems.add(
        "There is no setting \"%s.%s\"%s."
            .formatted(
                place,
                field,
                nearest == null
                    ? "; there are " + String.join(", ", known)
                    : ". Maybe \"%s.%s\"".formatted(place, nearest)));
  }

  /**
   * Reads a field, or several that are read together, and notes what is wrong with it.
   *
   * @param otherwise stands in meanwhile, so that the others are read too
   */
  public <T extends @Nullable Object> T noting(T otherwise, Supplier<? extends T> reading) {
    try {
      return reading.get();
    } catch (BadSettings e) {
      problems.addAll(e.problems());
      return otherwise;
    }
  }

  /**
   * What was made of the fields, when nothing was wrong with them.
   *
   * @throws BadSettings with all that was noted
   */
  public <T> T complete(T settings) {
    if (!problems.isEmpty()) {
      throw new BadSettings(problems);
    }
    return settings;
  }

  /** The error that this field is wrong; {@code what} continues its name. */
  public BadSettings wrong(String field, String what) {
    return new BadSettings("%s.%s %s.".formatted(place, field, what));
  }

  /** An absolute http or https address without user, query or fragment. */
  public URI url(String field) {
    var text = text(field);
    try {
      var url = URI.create(text);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw notAnUrl(field, text);
    }
    throw notAnUrl(field, text);
  }

  private BadSettings notAnUrl(String field, String text) {
    return wrong(
        field,
        "is \"%s\", which is no http or https address without user and fragment".formatted(text));
  }

  public String text(String field) {
    var text = textOrNull(field);
    if (text == null) {
      throw wrong(field, "is missing");
    }
    return text;
  }

  public @Nullable String textOrNull(String field) {
    var value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return word(field, value);
  }

  /** What is in the file that a field names; null when the field is not there. */
  public @Nullable String fileOrNull(String field) {
    var path = textOrNull(field);
    if (path == null) {
      return null;
    }
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw wrong(field, "names the file %s, which cannot be read".formatted(path));
    }
  }

  public boolean flag(String field, boolean otherwise) {
    var value = node.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(field, "is %s; it must be true or false".formatted(value));
    }
    return value.booleanValue();
  }

  /** A duration such as {@code 500ms}, {@code 15s}, {@code 2m}, {@code 24h} or {@code 5d}. */
  public Duration duration(String field, Duration otherwise) {
    var given = durationOrNull(field);
    return given == null ? otherwise : given;
  }

  public @Nullable Duration durationOrNull(String field) {
    var text = textOrNull(field);
    if (text == null) {
      return null;
    }
    var duration = Durations.parse(text);
    if (duration == null) {
      throw wrong(
          field,
          "is \"%s\"; it must be a positive duration such as 500ms, 15s, 2m, 24h or 5d"
              .formatted(text));
    }
    return duration;
  }

  /** A list of texts; one text counts as a list of one. */
  public List<String> texts(String field, List<String> otherwise) {
    var value = node.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isArray()) {
      return List.of(word(field, value));
    }
    var texts = new ArrayList<String>();
    value.forEach(item -> texts.add(word(field, item)));
    return texts;
  }

  /** A table of words; null when the field is not there. */
  public @Nullable Map<String, String> words(String field) {
    var value = node.path(field);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isObject()) {
      throw wrong(field, "is %s; it must be a table of words".formatted(value.getNodeType()));
    }
    var words = new LinkedHashMap<String, String>();
    for (var entry : value.properties()) {
      words.put(entry.getKey(), word(field + "." + entry.getKey(), entry.getValue()));
    }
    return words;
  }

  public Secret secret(String field) {
    return secret(field, text(field));
  }

  /** The secrets of a list of references; several while one replaces the other. */
  public List<Secret> secrets(String field) {
    return texts(field, List.of()).stream().map(reference -> secret(field, reference)).toList();
  }

  private Secret secret(String field, String reference) {
    if (!SecretReferences.isReference(reference)) {
      throw wrong(
          field, "holds a secret itself; write env:NAME or file:PATH, and keep the secret there");
    }
    var value = secrets.apply(reference);
    if (value == null || value.isBlank()) {
      throw wrong(field, "refers to %s, where there is nothing".formatted(reference));
    }
    return new Secret(value);
  }

  private String word(String field, JsonNode value) {
    boolean isWord = value.isTextual() || value.isNumber();
    if (!isWord || value.asText().isBlank()) {
      throw wrong(field, "is %s; it must be a text".formatted(shown(value)));
    }
    return value.asText();
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? "empty" : "of the kind " + value.getNodeType();
  }
}
