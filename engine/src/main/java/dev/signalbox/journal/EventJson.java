package dev.signalbox.journal;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event in two parts: the facts, and what may be personal data. The type carries the
 * number of its shape, so that later shapes can be read beside the first.
 */
final class EventJson {
  /** The types of the events that hold what rules see, or what they said. */
  static final List<String> DECISIONS =
      List.of(
          "Opened",
          "Redetected",
          "Recurred",
          "Redriven",
          "Classified",
          "Reclassified",
          "Routed",
          "ResolutionProposed",
          "ResolutionApproved",
          "ProposalMade",
          "ApprovalsDecided");

  private final Out facts = new Out();
  private final Out personal = new Out();
  private final byte[] factBytes;
  private final byte @Nullable [] personalBytes;

  EventJson(JournalEntry entry) {
    facts
        .put("type", type(entry.event()) + version(entry.event()))
        .put("case", entry.caseId().toString())
        .put("seq", entry.seq())
        .put("at", entry.at())
        .put("trace", entry.traceId())
        .begin("actor")
        .put("kind", kind(entry.actor()))
        .put("name", entry.actor().name())
        .end()
        .begin("body");
    body(entry.event());
    facts.end();
    factBytes = facts.bytes();
    personalBytes = personal.bytesUnlessEmpty();
  }

  /** The second form of evidence has a key of its own. */
  private static String version(CaseEvent event) {
    return event instanceof CaseEvent.EvidenceGiven ? "/2" : "/1";
  }

  byte[] facts() {
    return factBytes;
  }

  byte @Nullable [] personal() {
    return personalBytes;
  }

  /** The event's name without the number of its shape. */
  static String type(CaseEvent event) {
    return event.getClass().getSimpleName();
  }

  private static String kind(Actor actor) {
    return switch (actor) {
      case Actor.Person person -> "person";
      case Actor.Component component -> "component";
      case Actor.Adapter adapter -> "adapter";
    };
  }

  private void body(CaseEvent event) {
    switch (event) {
      case CaseEvent.Opened e -> {
        facts
            .put("contentHash", e.contentHash().hex())
            .put("substanceHash", e.substanceHash().hex())
            .put("receivedAt", e.receivedAt());
        report(e.report());
      }
      case CaseEvent.Classified e -> DecisionFields.write(facts, e.advice());
      case CaseEvent.Routed e -> routed(e);
      case CaseEvent.Reclassified e -> DecisionFields.write(facts, e.advice());
      case CaseEvent.Redetected e -> again(e.contentHash(), e.receivedAt(), e.report());
      case CaseEvent.ConflictingReport e ->
          facts
              .put("knownSubstance", e.knownSubstance().hex())
              .put("reportedSubstance", e.reportedSubstance().hex())
              .put("reportedContent", e.reportedContent().hex())
              .put("receivedAt", e.receivedAt());
      case CaseEvent.Recurred e -> again(e.contentHash(), e.receivedAt(), e.report());
      case CaseEvent.Cleared e -> personal.put("reason", e.reason());
      case CaseEvent.Redriven e -> personal.put("reason", e.reason());
      case CaseEvent.DispatchRequested e ->
          facts
              .put("dispatch", e.dispatch().toString())
              .put("target", e.target().value())
              .put("queue", e.queue() == null ? null : e.queue().value());
      case CaseEvent.DispatchDelivered e ->
          facts
              .put("dispatch", e.dispatch().toString())
              .put("externalReference", e.externalReference())
              .put("answerDueAt", e.answerDueAt());
      case CaseEvent.DispatchDeadLettered e ->
          facts.put("dispatch", e.dispatch().toString()).put("reason", e.reason());
      case CaseEvent.CallbackReceived e -> callback(e.callback());
      case CaseEvent.CallbackIgnored e -> {
        facts.put("why", e.why());
        callback(e.callback());
      }
      case CaseEvent.ResolutionProposed e -> {
        DecisionFields.write(facts, e.advice());
        ResolutionFields.writePersonal(personal, e.advice().decision().resolution());
      }
      case CaseEvent.ResolutionApproved e -> DecisionFields.write(facts, e.advice());
      case CaseEvent.Resolved e -> resolution(e.resolution());
      case CaseEvent.Reopened e -> facts.put("reason", e.reason());
      case CaseEvent.Assigned e -> {
        facts.put("rule", e.rule());
        personal.put("assignee", e.assignee());
      }
      case CaseEvent.OfPeople e -> ofPeople(e);
      case CaseEvent.OfHolds e -> StandingFields.write(facts, personal, e);
      case CaseEvent.OfTalk e -> TalkFields.write(facts, personal, e);
      case CaseEvent.OfQueue e -> ofQueue(e);
      case CaseEvent.OfTime e -> FallbackFields.write(facts, personal, e);
      case CaseEvent.OfLedger e -> PostingFields.write(facts, e);
      case CaseEvent.MarkedOverdue e -> facts.put("what", e.what()).put("dueAt", e.dueAt());
    }
  }

  private void ofQueue(CaseEvent.OfQueue event) {
    switch (event) {
      case CaseEvent.Claimed e -> facts.put("by", e.by()).put("lease", e.lease().toString());
      case CaseEvent.ClaimReleased e -> facts.put("by", e.by());
      case CaseEvent.ClaimExpired e -> facts.put("by", e.by());
    }
  }

  private void ofPeople(CaseEvent.OfPeople event) {
    switch (event) {
      case CaseEvent.Unassigned e -> {}
      case CaseEvent.ReviewStarted e -> facts.put("reviewer", e.reviewer());
      case CaseEvent.ProposalMade e -> {
        facts.put("by", e.by()).put("role", e.role());
        resolution(e.resolution());
      }
      case CaseEvent.ApprovalsDecided e -> DecisionFields.write(facts, e.advice());
      case CaseEvent.ApprovalGiven e -> {
        facts
            .put("by", e.by())
            .put("role", e.role())
            .put("batch", e.batch() == null ? null : e.batch().toString());
        personal.put("note", e.note());
      }
      case CaseEvent.ResolutionRejected e -> {
        facts.put("by", e.by()).put("batch", e.batch() == null ? null : e.batch().toString());
        personal.put("reason", e.reason());
      }
      case CaseEvent.Escalated e -> {
        facts.put("queue", e.to().value()).put("dueAt", e.dueAt());
        personal.put("reason", e.reason());
      }
    }
  }

  private void routed(CaseEvent.Routed event) {
    DecisionFields.write(facts, event.advice());
    if (event.fallback() != null) {
      facts.begin("fallback");
      DecisionFields.write(facts, event.fallback());
      facts.end();
    }
  }

  private void resolution(Resolution resolution) {
    ResolutionFields.writeFacts(facts, resolution);
    ResolutionFields.writePersonal(personal, resolution);
  }

  private void again(Sha256 contentHash, Instant receivedAt, ExceptionReport report) {
    facts.put("contentHash", contentHash.hex()).put("receivedAt", receivedAt);
    report(report);
  }

  private void report(ExceptionReport report) {
    facts.begin("report");
    ReportFields.writeFacts(facts, report);
    facts.end();
    ReportFields.writePersonal(personal, report);
  }

  private void callback(Callback callback) {
    CallbackFields.writeFacts(facts, callback);
    CallbackFields.writePersonal(personal, callback);
  }
}
