package dev.signalbox.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.signalbox.words.Nearest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The text of a report under the parser: values of the kinds a report has, with their problems. */
final class ReportText {
  private static final int PROBLEMS_MAX = 20;

  private final JsonParser json;
  private final String text;
  private final List<ReportProblem> problems = new ArrayList<>();

  ReportText(JsonParser json, String text) {
    this.json = json;
    this.text = text;
  }

  List<ReportProblem> problems() {
    return problems;
  }

  void problem(String pointer, String code, String detail) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new ReportProblem(pointer, code, detail));
    }
  }

  /** Whether something is wrong at this place already; then what follows from it is not said. */
  boolean hasProblem(String pointer) {
    return problems.stream().anyMatch(problem -> problem.pointer().equals(pointer));
  }

  /** The next field of an object, the parser on its value; null at the end. */
  @Nullable String nextField() throws IOException {
    if (json.nextToken() == JsonToken.END_OBJECT) {
      return null;
    }
    var name = json.currentName();
    json.nextToken();
    return name;
  }

  /** The next item of a list, the parser on it. */
  boolean nextItem() throws IOException {
    return json.nextToken() != JsonToken.END_ARRAY;
  }

  void unknownField(String pointer, String name, List<String> known) throws IOException {
    json.skipChildren();
    var nearest = Nearest.to(name, known);
    problem(
        pointer + "/" + escaped(name),
        "UNKNOWN_FIELD",
        "There is no field \"%s\".%s"
            .formatted(shortened(name), nearest == null ? "" : " Maybe \"" + nearest + "\"."));
  }

  boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  /** A text without control characters, for ids and names. */
  @Nullable String name(String pointer, int max) throws IOException {
    var value = freeText(pointer, max);
    if (value == null) {
      return null;
    }
    if (value.isBlank()) {
      problem(pointer, "EMPTY", "The text is empty.");
      return null;
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      problem(pointer, "CONTROL_CHARACTER", "The text holds a control character.");
      return null;
    }
    return value;
  }

  /** Any text; null with a problem where it is none. */
  @Nullable String freeText(String pointer, int max) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongKind(pointer, "a text");
      return null;
    }
    var value = json.getText();
    if (value.codePointCount(0, value.length()) > max) {
      problem(pointer, "TOO_LONG", "The text has more than %d characters.".formatted(max));
      return null;
    }
    return isStorable(pointer, value) ? value : null;
  }

  private boolean isStorable(String pointer, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0) {
        problem(pointer, "NUL_CHARACTER", "The text holds the character U+0000.");
        return false;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        problem(pointer, "LONE_SURROGATE", "The text holds half of a surrogate pair.");
        return false;
      }
    }
    return true;
  }

  <T> @Nullable T parsed(String pointer, int max, Function<String, T> form) throws IOException {
    var value = freeText(pointer, max);
    if (value == null) {
      return null;
    }
    try {
      return form.apply(value);
    } catch (IllegalArgumentException e) {
      problem(pointer, "INVALID", String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A decimal as text: an amount is never a JSON number. */
  @Nullable BigDecimal decimal(String pointer, int maxDigits, int maxDecimals) throws IOException {
    if (json.currentToken().isNumeric()) {
      problem(
          pointer,
          "NUMBER",
          "An amount is a text like \"1234.56\", not a JSON number, which would lose cents.");
      return null;
    }
    return parsed(
        pointer, Decimals.LENGTH_MAX, value -> Decimals.parse(value, maxDigits, maxDecimals));
  }

  /** A number between 0 and 1, as a JSON number or as text. */
  @Nullable BigDecimal share(String pointer) throws IOException {
    if (!json.currentToken().isNumeric() && json.currentToken() != JsonToken.VALUE_STRING) {
      wrongKind(pointer, "a number from 0 to 1");
      return null;
    }
    try {
      var value = Decimals.parse(json.getText(), 20, 18);
      if (value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      // Said below: what is right is the same.
    }
    problem(
        pointer,
        "OUT_OF_RANGE",
        "\"%s\" is not a number from 0 to 1.".formatted(shortened(json.getText())));
    return null;
  }

  boolean truth(String pointer) throws IOException {
    if (!json.currentToken().isBoolean()) {
      wrongKind(pointer, "true or false");
      return false;
    }
    return json.getBooleanValue();
  }

  @Nullable Instant instant(String pointer, boolean orDate) throws IOException {
    return parsed(pointer, 40, value -> Instants.parse(value, orDate));
  }

  boolean isObject(String pointer) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      wrongKind(pointer, "an object");
      return false;
    }
    return true;
  }

  boolean isList(String pointer) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      wrongKind(pointer, "a list");
      return false;
    }
    return true;
  }

  /** How far the text has been read. */
  long offset() {
    return json.currentLocation().getCharOffset();
  }

  /** The value as it stands in the text, character for character. */
  String verbatim() throws IOException {
    int from = (int) json.currentTokenLocation().getCharOffset();
    json.skipChildren();
    json.finishToken();
    return text.substring(from, (int) json.currentLocation().getCharOffset());
  }

  /** An object as a tree of maps, lists, texts, decimals and booleans. */
  Map<String, @Nullable Object> tree(String pointer) throws IOException {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var name = nextField(); name != null; name = nextField()) {
      var place = pointer + "/" + escaped(name);
      if (isStorable(place, name)) {
        map.put(name, value(place));
      } else {
        json.skipChildren();
      }
    }
    return map;
  }

  private @Nullable Object value(String pointer) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> tree(pointer);
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        while (nextItem()) {
          list.add(value(pointer + "/" + list.size()));
        }
        yield list;
      }
      case VALUE_STRING -> freeText(pointer, ReportReader.BYTES_MAX);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(pointer);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("The parser stands on " + json.currentToken() + ".");
    };
  }

  /** With its exponent bounded: 1e20000000 would cost seconds of arithmetic later. */
  private @Nullable BigDecimal number(String pointer) throws IOException {
    var number = new BigDecimal(json.getText());
    if (Math.abs((long) number.scale()) > 1_000) {
      problem(pointer, "TOO_LARGE", "The number's exponent is too large.");
      return null;
    }
    return number;
  }

  void wrongKind(String pointer, String wanted) throws IOException {
    var found =
        switch (json.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "a list";
          case VALUE_STRING -> "a text";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
          case VALUE_TRUE, VALUE_FALSE -> "true or false";
          case VALUE_NULL -> "null";
          case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "nothing";
        };
    json.skipChildren();
    problem(pointer, "WRONG_TYPE", "It needs %s, not %s.".formatted(wanted, found));
  }

  static String shortened(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }

  /** RFC 6901. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
