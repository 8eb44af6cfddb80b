package dev.signalbox.talk;

import dev.signalbox.db.Changes;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a commit changes about who is mentioned, and about disputes. */
public final class Spoken {
  private final List<Mention> mentioned = new ArrayList<>();
  private final List<Mention.Place> redacted = new ArrayList<>();
  private final List<UUID> files = new ArrayList<>();
  private final List<UUID> leaving = new ArrayList<>();
  private final Map<UUID, FoundDispute> disputes = new LinkedHashMap<>();

  /** Takes what happened to a case. */
  public void add(ExceptionCase after, List<JournalEntry> entries) {
    for (var entry : entries) {
      if (entry.event() instanceof CaseEvent.OfTalk event) {
        add(after, entry, event);
      }
    }
  }

  private void add(ExceptionCase after, JournalEntry entry, CaseEvent.OfTalk event) {
    switch (event) {
      case CaseEvent.CommentAdded e ->
          e.mentions()
              .forEach(name ->
                  mentioned.add(
                      new Mention(
                          name, new Mention.Place(entry.caseId(), entry.seq()), entry.at())));
      case CaseEvent.CommentRedacted e ->
          redacted.add(new Mention.Place(entry.caseId(), e.comment()));
      case CaseEvent.OfDispute e -> {
        var dispute = after.talk().dispute(e.dispute());
        if (dispute != null) {
          disputes.put(e.dispute(), new FoundDispute(entry.caseId(), dispute));
        }
        if (e instanceof CaseEvent.EvidenceGiven(var _, var evidence) && evidence.file() != null) {
          files.add(evidence.file().id());
        }
        if (e instanceof CaseEvent.EvidenceRedacted redacted && redacted.file() != null) {
          leaving.add(redacted.file());
        }
      }
    }
  }

  /** Writes it. */
  public void write(Changes changes) {
    if (!mentioned.isEmpty()) {
      MentionTable.insert(changes, mentioned);
    }
    if (!redacted.isEmpty()) {
      MentionTable.delete(changes, redacted);
    }
    if (!files.isEmpty()) {
      FileTable.attach(changes, files);
    }
    if (!leaving.isEmpty()) {
      FileTable.dismiss(changes, leaving);
    }
    if (!disputes.isEmpty()) {
      DisputeTable.put(changes, List.copyOf(disputes.values()));
    }
  }
}
