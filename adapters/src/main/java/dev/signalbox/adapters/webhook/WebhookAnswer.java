package dev.signalbox.adapters.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.Callback.Verdict;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.CallbackReading;
import dev.signalbox.outside.CallbackReading.Answer;
import dev.signalbox.outside.CallbackReading.Ignored;
import dev.signalbox.outside.CallbackReading.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a receiver's answer: {@code {type: "exception.answered", timestamp, data:
 * {exceptionId, status, externalReference?, notes?, assignee?}}}.
 */
final class WebhookAnswer {
  static final String TYPE = "exception.answered";

  private static final int BYTES_MAX = 256 * 1024;
  private static final int NOTES_MAX = 4_000;
  private static final int WORD_MAX = 200;
  private static final Map<String, Verdict> VERDICTS =
      Map.of(
          "RESOLVED", Verdict.RESOLVED,
          "REOPENED", Verdict.REOPENED,
          "ASSIGNED", Verdict.ASSIGNED,
          "IN_PROGRESS", Verdict.PROGRESS);

  private WebhookAnswer() {}

  /** Reads a body whose signature was right. */
  static CallbackReading read(TargetName target, String messageId, byte[] body) {
    if (body.length > BYTES_MAX) {
      return new Malformed("The body is larger than %d bytes.".formatted(BYTES_MAX));
    }
    var message = OutsideJson.object(body);
    if (message == null) {
      return new Malformed("The body is no JSON object.");
    }
    var type = OutsideJson.word(message, "type", WORD_MAX);
    if (type == null) {
      return new Malformed("The body has no type.");
    }
    return type.equals(TYPE)
        ? answer(target, messageId, message)
        : new Ignored("Messages of the type %s are not followed.".formatted(type));
  }

  private static CallbackReading answer(TargetName target, String messageId, JsonNode message) {
    var data = message.path("data");
    var id = caseId(OutsideJson.word(data, "exceptionId", WORD_MAX));
    if (id == null) {
      return new Malformed("data.exceptionId is not the id of an exception.");
    }
    var status = OutsideJson.word(data, "status", WORD_MAX);
    var verdict = status == null ? null : VERDICTS.get(status);
    if (status == null || verdict == null) {
      return new Malformed("data.status is not one of RESOLVED, REOPENED, ASSIGNED, IN_PROGRESS.");
    }
    var assignee = OutsideJson.word(data, "assignee", WORD_MAX);
    if (verdict == Verdict.ASSIGNED && assignee == null) {
      return new Malformed("data.assignee is needed with the status ASSIGNED.");
    }
    var notes = OutsideJson.text(data, "notes", NOTES_MAX);
    if (notes == null && !OutsideJson.isAbsent(data, "notes")) {
      return new Malformed("data.notes is no text of at most %d characters.".formatted(NOTES_MAX));
    }
    return new Answer(
        messageId,
        id,
        new Callback(
            target.value(),
            OutsideJson.word(data, "externalReference", WORD_MAX),
            verdict,
            status,
            notes,
            assignee,
            instant(OutsideJson.word(message, "timestamp", WORD_MAX))));
  }

  private static @Nullable CaseId caseId(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      var id = CaseId.parse(text);
      return id.toString().equalsIgnoreCase(text) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
