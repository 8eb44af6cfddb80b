package dev.signalbox.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a report from JSON, strictly: whatever is not as the contract says is refused with its
 * place, and all that is wrong is said at once. Amounts are checked as text before any arithmetic.
 */
public final class ReportReader {
  /** The longest report, in bytes. */
  public static final int BYTES_MAX = 1 << 20;

  static final int DEPTH_MAX = 64;
  private static final int NUMBER_LENGTH_MAX = 100;
  private static final int NAME_LENGTH_MAX = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(NUMBER_LENGTH_MAX)
                  .maxNameLength(NAME_LENGTH_MAX)
                  .maxStringLength(BYTES_MAX)
                  .build())
          .build();

  private ReportReader() {}

  /** Reads one JSON object. Never throws for what it is given. */
  public static ReportReading read(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      return refused(
          "TOO_LONG",
          "A report has at most %d bytes; this one has %d.".formatted(BYTES_MAX, bytes.length));
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException e) {
      return refused("NOT_UTF_8", "The text is not valid UTF-8.");
    }
    return read(text);
  }

  /** Reads one JSON object. Never throws for what it is given. */
  public static ReportReading read(String text) {
    try (var json = JSON.createParser(text)) {
      var first = json.nextToken();
      if (first == null) {
        return refused("NOT_JSON", "The text is not JSON: it is empty.");
      }
      if (first != JsonToken.START_OBJECT) {
        return refused("NOT_AN_OBJECT", "A report is a JSON object.");
      }
      var draft = new ReportDraft(new ReportText(json, text));
      draft.readFields();
      if (json.nextToken() != null) {
        return refused("TRAILING_TEXT", "There is more text after the report.");
      }
      return draft.result();
    } catch (StreamConstraintsException e) {
      return refused("TOO_LARGE", limit(e.getOriginalMessage()));
    } catch (JsonParseException e) {
      return broken(e);
    } catch (IOException e) {
      return refused("NOT_JSON", "The text is not JSON.");
    }
  }

  private static ReportReading broken(JsonParseException e) {
    var message = e.getOriginalMessage();
    var at = e.getProcessor() == null ? "" : place(e.getProcessor());
    if (message.startsWith("Duplicate field")) {
      return refused(at, "DUPLICATE_FIELD", "The field " + quoted(message) + " appears twice.");
    }
    int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
    return refused(
        at, "NOT_JSON", "The text is not JSON: something is wrong at column %d.".formatted(column));
  }

  private static String place(JsonParser json) {
    return json.getParsingContext() == null
        ? ""
        : json.getParsingContext().pathAsPointer().toString();
  }

  private static String quoted(String message) {
    int from = message.indexOf('\'');
    int to = message.lastIndexOf('\'');
    return from < 0 || to <= from
        ? "of the same name"
        : '"' + message.substring(from + 1, to) + '"';
  }

  private static String limit(String message) {
    if (message.contains("nesting depth")) {
      return "Objects and lists are nested more than %d deep.".formatted(DEPTH_MAX);
    }
    if (message.contains("Number")) {
      return "A number has more than %d characters.".formatted(NUMBER_LENGTH_MAX);
    }
    return "A name or a text is too long.";
  }

  private static ReportReading refused(String code, String detail) {
    return refused("", code, detail);
  }

  private static ReportReading refused(String pointer, String code, String detail) {
    return new ReportReading.Refused(List.of(new ReportProblem(pointer, code, detail)));
  }
}
