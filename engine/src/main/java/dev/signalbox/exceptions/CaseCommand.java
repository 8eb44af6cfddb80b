package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.disputes.DisputeMove;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said to a case: the table of contents of the product. A command carries the
 * advice it needs, so that deciding it is a pure function.
 */
public sealed interface CaseCommand {

  /** The word for it in tables, refusals and metrics. */
  Kind kind();

  /** The commands by name. */
  enum Kind {
    OPEN,
    REPORT_AGAIN,
    CLEAR,
    DISPATCH,
    RECORD_DELIVERY,
    RECORD_DELIVERY_FAILURE,
    CALLBACK,
    RECLASSIFY,
    MARK_OVERDUE,
    REDRIVE,
    ASSIGN,
    UNASSIGN,
    START_REVIEW,
    PROPOSE_RESOLUTION,
    APPROVE_RESOLUTION,
    REJECT_RESOLUTION,
    ESCALATE,
    PLACE_HOLD,
    RELEASE_HOLD,
    COMMENT,
    DISPUTE,
    CLAIM,
    RELEASE_CLAIM,
    EXPIRE_CLAIM,
    REMIND,
    REASSIGN,
    DEAD_LETTER,
    SNOOZE,
    WAKE,
    RECORD_POSTING,
    RECORD_POSTING_REFUSAL,
    RECORD_POSTING_FAILURE,
    RETRY_POSTING,
    RECORD_HOLD_PROBLEM;

    /** As a person writes it: {@code record delivery}. */
    public String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * The first report of an item.
   *
   * @param settlement how rules settle it; null when they leave it to people
   */
  record Open(
      ExceptionReport report,
      Instant receivedAt,
      Assessment assessment,
      @Nullable Settlement settlement)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.OPEN;
    }
  }

  /**
   * A further report of an item that is already known.
   *
   * @param settlement how rules settle it; null when they leave it to people
   */
  record ReportAgain(
      ExceptionReport report,
      Instant receivedAt,
      Assessment assessment,
      @Nullable Settlement settlement)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.REPORT_AGAIN;
    }
  }

  /** The source withdraws the item. */
  record Clear(@Nullable String reason) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.CLEAR;
    }
  }

  /**
   * Hand the exception to an outside system.
   *
   * @param again the handing over that failed and is tried again, under the same id, since it may
   *     have arrived; null for a new one
   */
  record RequestDispatch(TargetName target, @Nullable QueueName queue, @Nullable DispatchId again)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.DISPATCH;
    }
  }

  /**
   * The outside system took it.
   *
   * @param answerDueAt until when its answer is awaited; null when none is expected
   */
  record RecordDelivery(
      DispatchId dispatch, @Nullable String externalReference, @Nullable Instant answerDueAt)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.RECORD_DELIVERY;
    }
  }

  /** The outside system did not take it, and will not be asked again. */
  record RecordDeliveryFailure(DispatchId dispatch, String reason) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.RECORD_DELIVERY_FAILURE;
    }
  }

  /** The outside system answers. */
  record AcceptCallback(Callback callback) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.CALLBACK;
    }
  }

  /** An age threshold was reached: decide again. */
  record Reclassify(Assessment assessment) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.RECLASSIFY;
    }
  }

  /** A due time passed: of the case, or of the outside system's answer. */
  record MarkOverdue(Overdue what) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.MARK_OVERDUE;
    }
  }

  /** Try a dead-lettered case again, under the rules of now. */
  record Redrive(@Nullable String reason, Assessment assessment) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.REDRIVE;
    }
  }

  /**
   * Give it to somebody.
   *
   * @param rule how somebody was chosen; null where a person says who
   */
  record Assign(String assignee, @Nullable AssignmentRule rule) implements CaseCommand {
    public Assign(String assignee) {
      this(assignee, null);
    }

    @Override
    public Kind kind() {
      return Kind.ASSIGN;
    }
  }

  /** Something about who holds it for a while. */
  sealed interface OfQueue extends CaseCommand {}

  /** Hold it for a while, to work on it or to approve what is proposed. */
  record Claim(Reviewer by, Duration lease) implements OfQueue {
    @Override
    public Kind kind() {
      return Kind.CLAIM;
    }
  }

  /** Give it back. */
  record ReleaseClaim(String by) implements OfQueue {
    @Override
    public Kind kind() {
      return Kind.RELEASE_CLAIM;
    }
  }

  /** The lease of the claim with this fence ended. */
  record ExpireClaim(long fence) implements OfQueue {
    @Override
    public Kind kind() {
      return Kind.EXPIRE_CLAIM;
    }
  }

  /** Put it back on its queue. */
  record Unassign() implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.UNASSIGN;
    }
  }

  /** Take it and begin to work on it. */
  record StartReview(Reviewer by) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.START_REVIEW;
    }
  }

  /**
   * Settle it like this.
   *
   * @param approval who must approve, as rules say
   * @param chart which accounts it is posted to; null where nothing is posted
   */
  record Propose(
      Resolution resolution, Reviewer by, Advice<ApprovalDecision> approval, @Nullable Chart chart)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.PROPOSE_RESOLUTION;
    }
  }

  /**
   * Countersign what is proposed.
   *
   * @param batch with which it was approved; null for one by itself
   */
  record Approve(Reviewer by, @Nullable String note, @Nullable UUID batch) implements CaseCommand {
    public Approve(Reviewer by, @Nullable String note) {
      this(by, note, null);
    }

    @Override
    public Kind kind() {
      return Kind.APPROVE_RESOLUTION;
    }
  }

  /** Send what is proposed back; whoever proposed it takes it back by this. */
  record Reject(Reviewer by, String reason, @Nullable UUID batch) implements CaseCommand {
    public Reject(Reviewer by, String reason) {
      this(by, reason, null);
    }

    @Override
    public Kind kind() {
      return Kind.REJECT_RESOLUTION;
    }
  }

  /** Take it up a level, to another queue. */
  record Escalate(QueueName to, String reason) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.ESCALATE;
    }
  }

  /** Tell the ledger not to post what is related. */
  record PlaceHold(Hold.Kind on, String reason, String by) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.PLACE_HOLD;
    }
  }

  /** Tell the ledger that it may post again what was held. */
  record ReleaseHold(HoldId hold, String reason, String by) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.RELEASE_HOLD;
    }
  }

  /** The step of its fallback chain is due that reminds whoever has it. */
  record Remind() implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.REMIND;
    }
  }

  /** The step of its fallback chain is due that takes it to another queue. */
  record Reassign() implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.REASSIGN;
    }
  }

  /** The end of its fallback chain is due. */
  record DeadLetter() implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.DEAD_LETTER;
    }
  }

  /**
   * Let it rest.
   *
   * @param longest how long rules let it rest; null when they do not
   */
  record Snooze(Instant until, String reason, String by, @Nullable Duration longest)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.SNOOZE;
    }
  }

  /**
   * Let it rest no longer.
   *
   * @param by who says so; null for the timer
   */
  record Wake(@Nullable String by) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.WAKE;
    }
  }

  /** What is said about it. */
  sealed interface OfTalk extends CaseCommand {}

  /** Say something about it; names after an "@" are mentions. */
  record AddComment(String text) implements OfTalk {
    @Override
    public Kind kind() {
      return Kind.COMMENT;
    }
  }

  /**
   * Make a comment unreadable.
   *
   * @param comment as it stands at the version that the command is about
   */
  record RedactComment(Comment comment, Reviewer by, @Nullable String reason) implements OfTalk {
    @Override
    public Kind kind() {
      return Kind.COMMENT;
    }
  }

  /**
   * Make a piece of evidence unreadable.
   *
   * @param words of the piece, as they stand at the version that the command is about
   * @param file what was uploaded with it
   */
  record RedactEvidence(
      UUID dispute, Comment words, @Nullable UUID file, Reviewer by, @Nullable String reason)
      implements OfTalk {
    @Override
    public Kind kind() {
      return Kind.COMMENT;
    }
  }

  /** Fight something out with an outside party. */
  record MoveDispute(DisputeMove move, Reviewer by) implements OfTalk {
    @Override
    public Kind kind() {
      return Kind.DISPUTE;
    }
  }

  /** What the ledger says to a posting. */
  sealed interface OfLedger extends CaseCommand {}

  /** The ledger posted it, now or at an earlier attempt. */
  record RecordPosting(DispatchId posting, String reference) implements OfLedger {
    @Override
    public Kind kind() {
      return Kind.RECORD_POSTING;
    }
  }

  /** The ledger does not take it, and has not posted it. */
  record RecordPostingRefusal(DispatchId posting, String reason) implements OfLedger {
    @Override
    public Kind kind() {
      return Kind.RECORD_POSTING_REFUSAL;
    }
  }

  /** The ledger will not be asked again by itself, and may have posted it. */
  record RecordPostingFailure(DispatchId posting, String reason) implements OfLedger {
    @Override
    public Kind kind() {
      return Kind.RECORD_POSTING_FAILURE;
    }
  }

  /** The ledger does not take a hold, or a release. */
  record RecordHoldProblem(HoldId hold, boolean released, String problem) implements OfLedger {
    @Override
    public Kind kind() {
      return Kind.RECORD_HOLD_PROBLEM;
    }
  }

  /** Ask the ledger again, under the same id. */
  record RetryPosting(DispatchId posting) implements OfLedger {
    @Override
    public Kind kind() {
      return Kind.RETRY_POSTING;
    }
  }
}
