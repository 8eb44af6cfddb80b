package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.EventId;
import dev.signalbox.exceptions.disputes.Dispute;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.journal.JournalEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dispute as callers see it: where it stands, and what was said in it. */
public final class DisputeView {

  private DisputeView() {}

  /**
   * The dispute.
   *
   * @param entries what was said about its case, from the beginning
   */
  public static ObjectNode of(Dispute dispute, List<JournalEntry> entries) {
    var node = JsonNodeFactory.instance.objectNode().put("id", dispute.id().toString());
    node.put("category", dispute.category().name()).put("state", dispute.state().name());
    node.putArray("evidence");
    node.putArray("log");
    var redactions = redactions(entries);
    for (var entry : entries) {
      if (entry.event() instanceof CaseEvent.OfDispute event
          && event.dispute().equals(dispute.id())) {
        happened(node, entry, event);
        var redaction = redactions.get(entry.seq());
        if (redaction != null) {
          hide(node.withArray("evidence"), redaction);
        }
      }
    }
    return node.put("createdAt", dispute.createdAt().toString())
        .put("updatedAt", dispute.updatedAt().toString());
  }

  /** The redactions of evidence, by the place of what they redact. */
  public static Map<Long, JournalEntry> redactions(List<JournalEntry> entries) {
    var redactions = new HashMap<Long, JournalEntry>();
    for (var entry : entries) {
      if (entry.event() instanceof CaseEvent.EvidenceRedacted redacted) {
        redactions.putIfAbsent(redacted.piece(), entry);
      }
    }
    return redactions;
  }

  /** Of the last piece stays who gave it when, and what its file was without its name. */
  private static void hide(ArrayNode pieces, JournalEntry redaction) {
    if (pieces.get(pieces.size() - 1) instanceof ObjectNode piece) {
      piece.put("comment", "").remove("fileUrl");
      if (piece.get("file") instanceof ObjectNode file) {
        file.put("name", "");
      }
      var how =
          piece
              .putObject("redacted")
              .put("by", redaction.actor().name())
              .put("at", redaction.at().toString());
      if (redaction.event() instanceof CaseEvent.EvidenceRedacted e) {
        put(how, "reason", e.reason());
      }
    }
  }

  private static void happened(ObjectNode node, JournalEntry entry, CaseEvent.OfDispute event) {
    switch (event) {
      case CaseEvent.DisputeOpened e -> {
        node.put("exceptionId", entry.caseId().toString())
            .put("description", e.description())
            .put("openedBy", entry.actor().name());
        put(node, "externalCaseId", e.externalCaseId());
      }
      case CaseEvent.DisputeSubmitted e -> put(node, "externalCaseId", e.externalCaseId());
      case CaseEvent.EvidenceGiven e -> {
        node.withArray("evidence").add(evidence(entry, e));
        node.remove("evidenceRequested");
      }
      case CaseEvent.EvidenceRedacted e -> {}
      case CaseEvent.EvidenceRequested e -> node.put("evidenceRequested", e.what());
      case CaseEvent.DisputeAcknowledged e -> {
        put(node, "externalCaseId", e.externalCaseId());
        var shown = node.putObject("acknowledged").put("at", entry.at().toString());
        shown.put("by", entry.actor().name());
        put(shown, "note", e.note());
      }
      case CaseEvent.DisputeLogged e ->
          node.withArray("log")
              .addObject()
              .put("id", EventId.of(entry.caseId(), entry.seq()).toString())
              .put("direction", e.direction().name())
              .put("channel", e.channel())
              .put("text", e.text())
              .put("by", entry.actor().name())
              .put("at", entry.at().toString());
      case CaseEvent.DisputeClosed e -> {
        node.put("resolution", e.resolution()).put("closedBy", entry.actor().name());
        node.remove("evidenceRequested");
      }
      case CaseEvent.DisputeReopened e -> {
        node.put("reopenReason", e.reason());
        node.remove(List.of("resolution", "closedBy"));
      }
    }
  }

  private static ObjectNode evidence(JournalEntry entry, CaseEvent.EvidenceGiven event) {
    var id = EventId.of(entry.caseId(), entry.seq()).value();
    var evidence = event.evidence();
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id.toString())
            .put("disputeId", event.dispute().toString())
            .put("comment", evidence.comment())
            .put("submittedBy", entry.actor().name())
            .put("submittedAt", entry.at().toString());
    put(node, "fileUrl", evidence.link());
    if (evidence.file() != null) {
      node.put("fileUrl", path(event.dispute(), id));
      file(node.putObject("file"), evidence.file());
    }
    return node;
  }

  private static String path(UUID dispute, UUID evidence) {
    return "/v1/disputes/%s/evidence/%s/file".formatted(dispute, evidence);
  }

  private static void file(ObjectNode node, Evidence.Upload file) {
    node.put("name", file.name())
        .put("mediaType", file.mediaType())
        .put("bytes", file.bytes())
        .put("sha256", file.sha256());
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}
