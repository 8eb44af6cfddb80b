package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that can have happened to a case, in the past tense. Who did it, when, and under which trace
 * stands beside it in the journal.
 */
public sealed interface CaseEvent {

  /** The item was reported for the first time. The report is whole, its raw record included. */
  record Opened(
      ExceptionReport report, Sha256 contentHash, Sha256 substanceHash, Instant receivedAt)
      implements CaseEvent {}

  /** Rules decided its severity and SLA. */
  record Classified(Advice<SeverityDecision> advice) implements CaseEvent {}

  /**
   * Rules decided where it goes; or that it goes nowhere, which makes it a dead letter.
   *
   * @param fallback the chain that starts with it; null where none does
   */
  record Routed(Advice<RoutingDecision> advice, @Nullable Advice<FallbackDecision> fallback)
      implements CaseEvent {
    public Routed(Advice<RoutingDecision> advice) {
      this(advice, null);
    }
  }

  /** An age threshold, or new observations, led to a new decision; severity never falls. */
  record Reclassified(Advice<SeverityDecision> advice) implements CaseEvent {}

  /** The item was reported again with the same substance and new observations. */
  record Redetected(ExceptionReport report, Sha256 contentHash, Instant receivedAt)
      implements CaseEvent {}

  /** The item was reported again with another substance; refused, and remembered. */
  record ConflictingReport(
      Sha256 knownSubstance, Sha256 reportedSubstance, Sha256 reportedContent, Instant receivedAt)
      implements CaseEvent {}

  /** The item was detected again after it had been resolved. */
  record Recurred(ExceptionReport report, Sha256 contentHash, Instant receivedAt)
      implements CaseEvent {}

  /** The source withdrew the item; it is resolved as AUTO_CLEARED. */
  record Cleared(@Nullable String reason) implements CaseEvent {}

  /**
   * It is to be handed to an outside system; durable work follows from this.
   *
   * @param queue the outside system's own queue, where it has several
   */
  record DispatchRequested(DispatchId dispatch, TargetName target, @Nullable QueueName queue)
      implements CaseEvent {}

  /** The outside system took it. */
  record DispatchDelivered(
      DispatchId dispatch, @Nullable String externalReference, @Nullable Instant answerDueAt)
      implements CaseEvent {}

  /** The outside system did not take it; the work is a dead letter, the case is back. */
  record DispatchDeadLettered(DispatchId dispatch, String reason) implements CaseEvent {}

  /** The outside system answered. What follows from it is an event of its own. */
  record CallbackReceived(Callback callback) implements CaseEvent {}

  /** The outside system answered when nothing was awaited from it; kept, and nothing follows. */
  record CallbackIgnored(Callback callback, String why) implements CaseEvent {}

  /** Rules propose to settle it. */
  record ResolutionProposed(Advice<Settled> advice) implements CaseEvent {}

  /** What rules proposed takes effect: rules ask for nobody's approval. */
  record ResolutionApproved(Advice<ApprovalDecision> advice) implements CaseEvent {}

  /** It is settled. */
  record Resolved(Resolution resolution) implements CaseEvent {}

  /** It came back from outside, to its queue. */
  record Reopened(String reason) implements CaseEvent {}

  /**
   * Somebody has it.
   *
   * @param rule how Signalbox chose who; null where a person, or an outside system, said who
   */
  record Assigned(String assignee, @Nullable AssignmentRule rule) implements CaseEvent {
    public Assigned(String assignee) {
      this(assignee, null);
    }
  }

  /** A due time passed. */
  record MarkedOverdue(Overdue what, Instant dueAt) implements CaseEvent {}

  /** A dead letter is tried again; a classification and a route follow. */
  record Redriven(@Nullable String reason) implements CaseEvent {}

  /** Something about who holds it for a while. Heartbeats are not kept. */
  sealed interface OfQueue extends CaseEvent {}

  /** Somebody holds it, under the number of this event; to work on it, or to approve. */
  record Claimed(String by, Duration lease) implements OfQueue {}

  /** Who held it gave it back. */
  record ClaimReleased(String by) implements OfQueue {}

  /** Who held it was not heard of until the lease ended. */
  record ClaimExpired(String by) implements OfQueue {}

  /** Something that people who work on it did. */
  sealed interface OfPeople extends CaseEvent {}

  /** It is back on its queue. */
  record Unassigned() implements OfPeople {}

  /** Somebody took it and works on it. */
  record ReviewStarted(String reviewer) implements OfPeople {}

  /**
   * A person proposes to settle it; what rules say on approvals follows in the same commit.
   *
   * @param role the person's highest, as rules saw it
   */
  record ProposalMade(Resolution resolution, String by, String role) implements OfPeople {}

  /** Rules said who must approve what a person proposed; maybe nobody. */
  record ApprovalsDecided(Advice<ApprovalDecision> advice) implements OfPeople {}

  /** Somebody countersigned what is proposed, as somebody of a role. */
  record ApprovalGiven(String by, String role, @Nullable String note, @Nullable UUID batch)
      implements OfPeople {
    public ApprovalGiven(String by, String role, @Nullable String note) {
      this(by, role, note, null);
    }
  }

  /** What was proposed does not hold; it is back with whoever proposed it. */
  record ResolutionRejected(String by, String reason, @Nullable UUID batch) implements OfPeople {
    public ResolutionRejected(String by, String reason) {
      this(by, reason, null);
    }
  }

  /**
   * It went up a level, to another queue.
   *
   * @param dueAt the instant of the step of its fallback chain that did it; null when a person did
   */
  record Escalated(QueueName to, String reason, @Nullable Instant dueAt) implements OfPeople {
    public Escalated(QueueName to, String reason) {
      this(to, reason, null);
    }
  }

  /** Something that time does, or that stops it. */
  sealed interface OfTime extends CaseEvent {}

  /** Nobody took care of it: whoever has it is reminded. */
  record Reminded(Instant dueAt) implements OfTime {}

  /** Nobody took care of it, to the end of its fallback chain. */
  record DeadLettered(QueueName to, String reason, Instant dueAt) implements OfTime {}

  /** It rests: neither its due time nor its fallback chain comes nearer. */
  record Snoozed(Instant until, String reason, String by) implements OfTime {}

  /**
   * It rests no longer; what is ahead happens later by the time for which it rested.
   *
   * @param by who woke it; null when its time had come
   */
  record Woken(@Nullable String by) implements OfTime {}

  /** Something about what the ledger is told not to post. */
  sealed interface OfHolds extends CaseEvent {}

  /**
   * The ledger is not to post what is related.
   *
   * @param by who placed it; null when the fallback chain did
   */
  record HoldPlaced(HoldId hold, Hold.Scope scope, String reason, @Nullable String by)
      implements OfHolds {}

  /**
   * The ledger may post again what was held.
   *
   * @param by who released it; null when settling the exception did
   */
  record HoldReleased(HoldId hold, String reason, @Nullable String by) implements OfHolds {}

  /** What was said about it. */
  sealed interface OfTalk extends CaseEvent {}

  /**
   * Somebody said something.
   *
   * @param mentions who is named in it
   */
  record CommentAdded(String text, List<String> mentions) implements OfTalk {
    public CommentAdded {
      mentions = List.copyOf(mentions);
    }
  }

  /**
   * What was said cannot be read any more.
   *
   * @param comment the sequence of the event that added it
   */
  record CommentRedacted(long comment, @Nullable String reason) implements OfTalk {}

  /** Something that happened in a dispute with an outside party. */
  sealed interface OfDispute extends OfTalk {
    UUID dispute();
  }

  /** A dispute began. */
  record DisputeOpened(
      UUID dispute,
      DisputeCategory category,
      String description,
      @Nullable String externalCaseId,
      boolean draft)
      implements OfDispute {}

  /** A draft was put to the other party. */
  record DisputeSubmitted(UUID dispute, @Nullable String externalCaseId) implements OfDispute {}

  /** There is one more piece of evidence. */
  record EvidenceGiven(UUID dispute, Evidence evidence) implements OfDispute {}

  /**
   * A piece of evidence cannot be read any more; what its file's SHA-256 was stays.
   *
   * @param piece its place in the journal of the case
   * @param file what was uploaded with it
   */
  record EvidenceRedacted(UUID dispute, long piece, @Nullable UUID file, @Nullable String reason)
      implements OfDispute {}

  /** Evidence is missing. */
  record EvidenceRequested(UUID dispute, String what) implements OfDispute {}

  /** The other party confirmed it. */
  record DisputeAcknowledged(UUID dispute, @Nullable String externalCaseId, @Nullable String note)
      implements OfDispute {}

  /** Something was said to the other party, or by it. */
  record DisputeLogged(UUID dispute, DisputeMove.Direction direction, String channel, String text)
      implements OfDispute {}

  /** The dispute is decided. */
  record DisputeClosed(UUID dispute, boolean won, String resolution) implements OfDispute {}

  /** A lost dispute is fought again. */
  record DisputeReopened(UUID dispute, String reason) implements OfDispute {}

  /** Something between a case and the ledger. */
  sealed interface OfLedger extends CaseEvent {}

  /**
   * What a proposal will do to the books, line by line, so that approvers see what they approve.
   */
  record PostingDrafted(Posting posting) implements OfLedger {}

  /** The proposal is approved, and the ledger is asked to post it; durable work follows. */
  record PostingRequested(Posting posting) implements OfLedger {}

  /** The ledger has it. */
  record LedgerPosted(DispatchId posting, String reference) implements OfLedger {}

  /** The ledger does not take it; the case is back with whoever proposed it. */
  record PostingRefused(DispatchId posting, String reason) implements OfLedger {}

  /** The ledger was asked often enough; the work is a dead letter, and the case goes on waiting. */
  record PostingStuck(DispatchId posting, String reason) implements OfLedger {}

  /** The ledger does not take a hold, or a release; somebody has to tell it by hand. */
  record HoldNotTaken(HoldId hold, boolean released, String problem) implements OfLedger {}

  /** The ledger is asked again for what was stuck. */
  record PostingRetried(DispatchId posting) implements OfLedger {}
}
