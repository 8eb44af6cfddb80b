package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import dev.signalbox.exceptions.disputes.Dispute;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.DisputeState;
import dev.signalbox.exceptions.disputes.Talk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a case, and fought out about it with an outside party, where the lifecycle
 * lets people at all. Pure.
 */
final class Conversation {
  static final int COMMENTS_MAX = 1_000;
  static final int DISPUTES_MAX = 20;
  static final int EVIDENCE_MAX = 50;
  static final int ENTRIES_MAX = 200;

  /** Where something can be added to a dispute. */
  private static final Set<DisputeState> UNDECIDED =
      EnumSet.of(DisputeState.DRAFT, DisputeState.OPEN, DisputeState.PENDING_EVIDENCE);

  /** Where it is fought. */
  private static final Set<DisputeState> FOUGHT =
      EnumSet.of(DisputeState.OPEN, DisputeState.PENDING_EVIDENCE);

  private Conversation() {}

  static Outcome comment(ExceptionCase current, String text) {
    return current.talk().comments() >= COMMENTS_MAX
        ? misfit("The exception has %d comments, and takes no more.".formatted(COMMENTS_MAX))
        : accepted(new CaseEvent.CommentAdded(text, Comment.mentions(text)));
  }

  /** What is unreadable already stays so. */
  static Outcome redact(CaseCommand.RedactComment redact) {
    var comment = redact.comment();
    var refusal = comment.refusalFor(redact.by());
    if (refusal != null) {
      return Refused.because(refusal);
    }
    return comment.redacted()
        ? accepted()
        : accepted(new CaseEvent.CommentRedacted(comment.seq(), redact.reason()));
  }

  /** The same of a piece of evidence, wherever its dispute stands. */
  static Outcome redact(ExceptionCase current, CaseCommand.RedactEvidence redact) {
    if (current.talk().dispute(redact.dispute()) == null) {
      return misfit("The exception has no dispute %s.".formatted(redact.dispute()));
    }
    var words = redact.words();
    var refusal = words.refusalFor(redact.by());
    if (refusal != null) {
      return Refused.because(refusal);
    }
    return words.redacted()
        ? accepted()
        : accepted(
            new CaseEvent.EvidenceRedacted(
                redact.dispute(), words.seq(), redact.file(), redact.reason()));
  }

  static Outcome dispute(ExceptionCase current, CaseCommand.MoveDispute command) {
    return switch (command.move()) {
      case DisputeMove.Open open -> open(current, open);
      case DisputeMove.OfOne move -> move(current, move, command.by());
    };
  }

  private static Outcome open(ExceptionCase current, DisputeMove.Open open) {
    if (current.talk().disputes().size() >= DISPUTES_MAX) {
      return misfit("The exception has %d disputes, and takes no more.".formatted(DISPUTES_MAX));
    }
    return accepted(
        new CaseEvent.DisputeOpened(
            EventId.of(current.id(), current.version() + 1).value(),
            open.category(),
            open.description(),
            open.externalCaseId(),
            open.draft()));
  }

  private static Outcome move(ExceptionCase current, DisputeMove.OfOne move, Reviewer by) {
    var dispute = current.talk().dispute(move.dispute());
    if (dispute == null) {
      return misfit("The exception has no dispute %s.".formatted(move.dispute()));
    }
    var takenAt = takenAt(move);
    if (!takenAt.contains(dispute.state())) {
      return Refused.because(new Refusal.DisputeStands(dispute.state(), takenAt));
    }
    return switch (move) {
      case DisputeMove.Submit m ->
          accepted(new CaseEvent.DisputeSubmitted(m.dispute(), m.externalCaseId()));
      case DisputeMove.GiveEvidence m -> evidence(dispute, m);
      case DisputeMove.RequestEvidence m ->
          accepted(new CaseEvent.EvidenceRequested(m.dispute(), m.what()));
      case DisputeMove.Acknowledge m ->
          accepted(new CaseEvent.DisputeAcknowledged(m.dispute(), m.externalCaseId(), m.note()));
      case DisputeMove.Log m -> log(dispute, m);
      case DisputeMove.Close m -> close(current, m, by);
      case DisputeMove.Reopen m -> accepted(new CaseEvent.DisputeReopened(m.dispute(), m.reason()));
    };
  }

  private static Set<DisputeState> takenAt(DisputeMove.OfOne move) {
    return switch (move) {
      case DisputeMove.Submit m -> EnumSet.of(DisputeState.DRAFT);
      case DisputeMove.GiveEvidence m -> UNDECIDED;
      case DisputeMove.RequestEvidence m -> EnumSet.of(DisputeState.OPEN);
      case DisputeMove.Acknowledge m -> FOUGHT;
      case DisputeMove.Log m -> EnumSet.allOf(DisputeState.class);
      case DisputeMove.Close m -> FOUGHT;
      case DisputeMove.Reopen m -> EnumSet.of(DisputeState.LOST);
    };
  }

  private static Outcome evidence(Dispute dispute, DisputeMove.GiveEvidence move) {
    return dispute.evidence() >= EVIDENCE_MAX
        ? misfit(
            "The dispute has %d pieces of evidence, and takes no more.".formatted(EVIDENCE_MAX))
        : accepted(new CaseEvent.EvidenceGiven(move.dispute(), move.evidence()));
  }

  private static Outcome log(Dispute dispute, DisputeMove.Log move) {
    return dispute.entries() >= ENTRIES_MAX
        ? misfit("The dispute's log has %d entries, and takes no more.".formatted(ENTRIES_MAX))
        : accepted(
            new CaseEvent.DisputeLogged(
                move.dispute(), move.direction(), move.channel(), move.text()));
  }

  /**
   * A dispute that is decided leads the exception on, where people have it: won, it is back with
   * whoever has it, or on its queue, to be settled as the other party agreed; lost, somebody has to
   * look at it again.
   */
  private static Outcome close(ExceptionCase current, DisputeMove.Close close, Reviewer by) {
    var events = new ArrayList<CaseEvent>();
    events.add(new CaseEvent.DisputeClosed(close.dispute(), close.won(), close.resolution()));
    var next = close.won() ? won(current) : lost(current, by);
    if (next != null) {
      events.add(next);
    }
    return new Accepted(events);
  }

  private static @Nullable CaseEvent won(ExceptionCase current) {
    var holder = current.assignee();
    return current.status() == CaseStatus.UNDER_REVIEW && holder != null
        ? new CaseEvent.Assigned(holder)
        : null;
  }

  /** What nobody has goes to whoever closed the dispute, as far as that person may have it. */
  private static @Nullable CaseEvent lost(ExceptionCase current, Reviewer by) {
    var holder = current.assignee();
    return switch (current.status()) {
      case ASSIGNED -> new CaseEvent.ReviewStarted(holder == null ? by.name() : holder);
      case OPEN, ESCALATED ->
          Work.startReview(current, by) instanceof Accepted(var events) ? events.getFirst() : null;
      case UNDER_REVIEW, PENDING_APPROVAL, PENDING_RESOLUTION, DEAD_LETTERED, RESOLVED -> null;
    };
  }

  private static Outcome misfit(String why) {
    return Refused.because(new Refusal.Misfit(why));
  }

  private static Outcome accepted(CaseEvent... events) {
    return new Accepted(List.of(events));
  }

  /** What was said, after one more event. */
  static Talk after(Talk talk, CaseEvent.OfTalk event, Instant at) {
    return switch (event) {
      case CaseEvent.CommentAdded e -> talk.commented();
      case CaseEvent.CommentRedacted e -> talk.redactedOne();
      case CaseEvent.DisputeOpened e ->
          talk.with(Dispute.opened(e.dispute(), e.category(), e.draft(), at));
      case CaseEvent.OfDispute e -> talk.changed(e.dispute(), one -> moved(one, e, at));
    };
  }

  private static Dispute moved(Dispute dispute, CaseEvent.OfDispute event, Instant at) {
    return switch (event) {
      case CaseEvent.DisputeOpened e ->
          throw new IllegalStateException("The dispute " + e.dispute() + " was opened twice.");
      case CaseEvent.DisputeSubmitted e -> dispute.at(DisputeState.OPEN, at);
      case CaseEvent.EvidenceGiven e -> dispute.withEvidence(at);
      case CaseEvent.EvidenceRedacted e -> dispute.at(dispute.state(), at);
      case CaseEvent.EvidenceRequested e -> dispute.at(DisputeState.PENDING_EVIDENCE, at);
      case CaseEvent.DisputeAcknowledged e -> dispute.at(dispute.state(), at);
      case CaseEvent.DisputeLogged e -> dispute.logged(at);
      case CaseEvent.DisputeClosed e ->
          dispute.at(e.won() ? DisputeState.WON : DisputeState.LOST, at);
      case CaseEvent.DisputeReopened e -> dispute.at(DisputeState.OPEN, at);
    };
  }
}
