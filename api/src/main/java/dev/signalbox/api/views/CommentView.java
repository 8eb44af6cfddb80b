package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.EventId;
import dev.signalbox.journal.JournalEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Comments as callers see them. */
public final class CommentView {

  private CommentView() {}

  /** One that was just written, or written before. */
  public static ObjectNode of(CaseId caseId, long seq, String author, String content, Instant at) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", EventId.of(caseId, seq).toString())
        .put("exceptionId", caseId.toString())
        .put("author", author)
        .put("content", content)
        .put("createdAt", at.toString())
        .put("updatedAt", at.toString());
  }

  /**
   * All of a case, oldest first.
   *
   * @param withRedacted whether those come too that cannot be read any more: without words, and
   *     with who made them so, and why
   */
  public static ObjectNode list(List<JournalEntry> entries, boolean withRedacted) {
    var redactions = redactions(entries);
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    for (var entry : entries) {
      if (entry.event() instanceof CaseEvent.CommentAdded comment) {
        var redaction = redactions.get(entry.seq());
        if (redaction == null) {
          var item = of(entry, comment.text());
          comment.mentions().forEach(item.putArray("mentions")::add);
          items.add(item);
        } else if (withRedacted) {
          items.add(redacted(entry, redaction));
        }
      }
    }
    return node;
  }

  /** What was redacted, by the place of the comment. */
  public static Map<Long, JournalEntry> redactions(List<JournalEntry> entries) {
    var redactions = new HashMap<Long, JournalEntry>();
    for (var entry : entries) {
      if (entry.event() instanceof CaseEvent.CommentRedacted redacted) {
        redactions.put(redacted.comment(), entry);
      }
    }
    return redactions;
  }

  private static ObjectNode redacted(JournalEntry comment, JournalEntry redaction) {
    var item = of(comment, "").put("updatedAt", redaction.at().toString());
    var how =
        item.putObject("redacted")
            .put("by", redaction.actor().name())
            .put("at", redaction.at().toString());
    if (redaction.event() instanceof CaseEvent.CommentRedacted(var _, var reason)
        && reason != null) {
      how.put("reason", reason);
    }
    return item;
  }

  private static ObjectNode of(JournalEntry entry, String content) {
    return of(entry.caseId(), entry.seq(), entry.actor().name(), content, entry.at());
  }
}
