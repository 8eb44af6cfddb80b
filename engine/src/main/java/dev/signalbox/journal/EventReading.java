package dev.signalbox.journal;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.Overdue;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link EventJson} wrote. */
final class EventReading {

  private EventReading() {}

  /**
   * Reads an entry.
   *
   * @param personal an empty object when the seal cannot be opened any more
   * @throws Corrupt when it is something else than {@link EventJson} writes
   */
  static JournalEntry read(In facts, In personal) {
    try {
      var entry =
          new JournalEntry(
              CaseId.parse(facts.text("case")),
              facts.integer("seq"),
              facts.instant("at"),
              actor(facts.object("actor")),
              facts.textOrNull("trace"),
              event(facts.text("type"), facts.object("body"), personal));
      facts.end();
      personal.end();
      return entry;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Corrupt("A stored event holds a value that cannot be: " + e.getMessage(), e);
    }
  }

  private static Actor actor(In in) {
    var name = in.text("name");
    return switch (in.text("kind")) {
      case "person" -> new Actor.Person(name);
      case "component" -> new Actor.Component(name);
      case "adapter" -> new Actor.Adapter(name);
      case String other -> throw new Corrupt("There is no actor \"" + other + "\".", null);
    };
  }

  private static CaseEvent event(String type, In body, In personal) {
    var ofLedger = PostingFields.read(type, body);
    return ofLedger != null ? ofLedger : ofCase(type, body, personal);
  }

  private static CaseEvent ofCase(String type, In body, In personal) {
    return switch (type) {
      case "Opened/1" ->
          new CaseEvent.Opened(
              ReportFields.read(body.object("report"), personal),
              hash(body, "contentHash"),
              hash(body, "substanceHash"),
              body.instant("receivedAt"));
      case "Classified/1" -> new CaseEvent.Classified(DecisionFields.severity(body));
      case "Routed/1" ->
          new CaseEvent.Routed(
              DecisionFields.routing(body),
              FallbackFields.readAdvice(body.objectOrNull("fallback")));
      case "Reclassified/1" -> new CaseEvent.Reclassified(DecisionFields.severity(body));
      case "Redetected/1" ->
          new CaseEvent.Redetected(
              ReportFields.read(body.object("report"), personal),
              hash(body, "contentHash"),
              body.instant("receivedAt"));
      case "Recurred/1" ->
          new CaseEvent.Recurred(
              ReportFields.read(body.object("report"), personal),
              hash(body, "contentHash"),
              body.instant("receivedAt"));
      case "ConflictingReport/1" ->
          new CaseEvent.ConflictingReport(
              hash(body, "knownSubstance"),
              hash(body, "reportedSubstance"),
              hash(body, "reportedContent"),
              body.instant("receivedAt"));
      case "Cleared/1" -> new CaseEvent.Cleared(personal.textOrNull("reason"));
      case "Redriven/1" -> new CaseEvent.Redriven(personal.textOrNull("reason"));
      default -> outside(type, body, personal);
    };
  }

  private static CaseEvent outside(String type, In body, In personal) {
    return switch (type) {
      case "DispatchRequested/1" -> {
        var queue = body.textOrNull("queue");
        yield new CaseEvent.DispatchRequested(
            DispatchId.parse(body.text("dispatch")),
            new TargetName(body.text("target")),
            queue == null ? null : new QueueName(queue));
      }
      case "DispatchDelivered/1" ->
          new CaseEvent.DispatchDelivered(
              DispatchId.parse(body.text("dispatch")),
              body.textOrNull("externalReference"),
              body.instantOrNull("answerDueAt"));
      case "DispatchDeadLettered/1" ->
          new CaseEvent.DispatchDeadLettered(
              DispatchId.parse(body.text("dispatch")), body.text("reason"));
      case "CallbackReceived/1" ->
          new CaseEvent.CallbackReceived(CallbackFields.read(body, personal));
      case "CallbackIgnored/1" ->
          new CaseEvent.CallbackIgnored(CallbackFields.read(body, personal), body.text("why"));
      case "ResolutionProposed/1" ->
          new CaseEvent.ResolutionProposed(DecisionFields.settled(body, personal));
      case "ResolutionApproved/1" ->
          new CaseEvent.ResolutionApproved(DecisionFields.approvals(body));
      case "Resolved/1" -> new CaseEvent.Resolved(ResolutionFields.read(body, personal));
      case "Reopened/1" -> new CaseEvent.Reopened(body.text("reason"));
      case "Assigned/1" ->
          new CaseEvent.Assigned(
              erasable(personal, "assignee"), body.valueOrNull(AssignmentRule.class, "rule"));
      case "MarkedOverdue/1" ->
          new CaseEvent.MarkedOverdue(body.value(Overdue.class, "what"), body.instant("dueAt"));
      case "HoldPlaced/1", "HoldReleased/1" -> StandingFields.read(type, body, personal);
      default -> byPeople(type, body, personal);
    };
  }

  private static CaseEvent byPeople(String type, In body, In personal) {
    return switch (type) {
      case "Claimed/1" ->
          new CaseEvent.Claimed(body.text("by"), Duration.parse(body.text("lease")));
      case "ClaimReleased/1" -> new CaseEvent.ClaimReleased(body.text("by"));
      case "ClaimExpired/1" -> new CaseEvent.ClaimExpired(body.text("by"));
      case "Unassigned/1" -> new CaseEvent.Unassigned();
      case "ReviewStarted/1" -> new CaseEvent.ReviewStarted(body.text("reviewer"));
      case "ProposalMade/1" ->
          new CaseEvent.ProposalMade(
              ResolutionFields.read(body, personal), body.text("by"), body.text("role"));
      case "ApprovalsDecided/1" -> new CaseEvent.ApprovalsDecided(DecisionFields.approvals(body));
      case "ApprovalGiven/1" ->
          new CaseEvent.ApprovalGiven(
              body.text("by"), body.text("role"), personal.textOrNull("note"), batch(body));
      case "ResolutionRejected/1" ->
          new CaseEvent.ResolutionRejected(
              body.text("by"), erasable(personal, "reason"), batch(body));
      case "Escalated/1" ->
          new CaseEvent.Escalated(
              new QueueName(body.text("queue")),
              erasable(personal, "reason"),
              body.instantOrNull("dueAt"));
      default -> byTime(type, body, personal);
    };
  }

  private static CaseEvent byTime(String type, In body, In personal) {
    var event = FallbackFields.read(type, body, personal);
    return event == null ? TalkFields.read(type, body, personal) : event;
  }

  static String erasable(In personal, String field) {
    var text = personal.textOrNull(field);
    return text == null ? JournalReader.ERASED : text;
  }

  private static Sha256 hash(In body, String field) {
    return new Sha256(body.text(field));
  }

  private static @Nullable UUID batch(In body) {
    var id = body.textOrNull("batch");
    return id == null ? null : UUID.fromString(id);
  }
}
