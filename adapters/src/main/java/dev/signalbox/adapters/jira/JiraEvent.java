package dev.signalbox.adapters.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.Callback.Verdict;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.outside.CallbackReading;
import dev.signalbox.outside.CallbackReading.Answer;
import dev.signalbox.outside.CallbackReading.Ignored;
import dev.signalbox.outside.CallbackReading.Malformed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One genuine event of JIRA. What happened is in its change log; the issue's own status says only
 * how things stand, and every edit of an issue that is done would say "done" again.
 */
record JiraEvent(String messageId, JsonNode event, Instant at) {
  private static final int WORD_MAX = 255;
  private static final int TEXT_MAX = 1 << 20;
  private static final int NOTES_MAX = 4_000;

  CallbackReading read(JiraStatuses statuses) {
    var type = OutsideJson.word(event, "webhookEvent", WORD_MAX);
    if (type == null) {
      return new Malformed("The body has no webhookEvent.");
    }
    return switch (type) {
      case "jira:issue_updated" -> about(updated(statuses));
      case "jira:issue_deleted" -> about(new News(Verdict.REOPENED, "DELETED", null));
      default -> new Ignored("Events of the type %s are not followed.".formatted(type));
    };
  }

  /** What the event says, before it is known of which exception. */
  private record News(Verdict verdict, String status, @Nullable String assignee) {}

  private @Nullable News updated(JiraStatuses statuses) {
    var status = changedTo("status");
    if (status != null) {
      var fields = event.path("issue").path("fields");
      var verdict =
          statuses.verdict(
              status,
              OutsideJson.word(fields.path("status").path("statusCategory"), "key", WORD_MAX),
              OutsideJson.word(fields.path("resolution"), "name", WORD_MAX));
      return new News(verdict, status, null);
    }
    var assignee = changedTo("assignee");
    return assignee != null && statuses.assigneeComesBack()
        ? new News(Verdict.ASSIGNED, "ASSIGNED", assignee)
        : null;
  }

  private @Nullable String changedTo(String field) {
    for (var item : event.path("changelog").path("items")) {
      if (field.equals(item.path("field").asText())) {
        return OutsideJson.word(item, "toString", WORD_MAX);
      }
    }
    return null;
  }

  private CallbackReading about(@Nullable News news) {
    if (news == null) {
      return new Ignored("The change is none that is followed.");
    }
    var issue = event.path("issue");
    var key = OutsideJson.word(issue, "key", WORD_MAX);
    if (key == null) {
      return new Malformed("The event has no issue.key.");
    }
    var exception = exception(issue);
    if (exception == null) {
      return new Ignored("The issue %s has no label of an exception.".formatted(key));
    }
    return new Answer(
        messageId,
        exception,
        new Callback("JIRA", key, news.verdict(), news.status(), notes(), news.assignee(), at));
  }

  private static @Nullable CaseId exception(JsonNode issue) {
    for (var label : issue.path("fields").path("labels")) {
      var exception = JiraLabels.exceptionIn(label.asText());
      if (exception != null) {
        return exception;
      }
    }
    return null;
  }

  /** The comment made along with the change. */
  private @Nullable String notes() {
    var text = OutsideJson.text(event.path("comment"), "body", TEXT_MAX);
    return text == null ? null : ReadableText.cut(ReadableText.lines(text), NOTES_MAX);
  }
}
