package dev.signalbox.exceptions;

import static dev.signalbox.exceptions.CaseStatus.ASSIGNED;
import static dev.signalbox.exceptions.CaseStatus.DEAD_LETTERED;
import static dev.signalbox.exceptions.CaseStatus.ESCALATED;
import static dev.signalbox.exceptions.CaseStatus.OPEN;
import static dev.signalbox.exceptions.CaseStatus.PENDING_APPROVAL;
import static dev.signalbox.exceptions.CaseStatus.PENDING_RESOLUTION;
import static dev.signalbox.exceptions.CaseStatus.RESOLVED;
import static dev.signalbox.exceptions.CaseStatus.UNDER_REVIEW;

import dev.signalbox.exceptions.CaseCommand.Kind;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The interlocking: which command a case takes where it stands, and what then happens. A table and
 * a pure function; every transition that is not in the table is refused and changes nothing.
 */
public final class Lifecycle {
  /** Where it waits for people, or is with one. */
  static final Set<CaseStatus> IN_HANDS = EnumSet.of(OPEN, ASSIGNED, UNDER_REVIEW, ESCALATED);

  private static final Set<CaseStatus> ANY_BUT_RESOLVED =
      EnumSet.complementOf(EnumSet.of(RESOLVED));

  private static final Set<CaseStatus> NEITHER_OPEN_NOR_RESOLVED =
      EnumSet.complementOf(EnumSet.of(OPEN, RESOLVED));

  /** Where its fallback chain goes on: elsewhere others work on it, or it came to the end. */
  static final Set<CaseStatus> TIMED =
      EnumSet.of(OPEN, ASSIGNED, UNDER_REVIEW, ESCALATED, PENDING_APPROVAL);

  /** Every transition there is. */
  public static final List<Transition> TABLE =
      List.of(
          new Transition(
              Kind.OPEN, Set.of(), Set.of(OPEN, PENDING_RESOLUTION, RESOLVED, DEAD_LETTERED)),
          new Transition(Kind.REPORT_AGAIN, Set.of(OPEN), Set.of(OPEN, RESOLVED)),
          new Transition(Kind.REPORT_AGAIN, NEITHER_OPEN_NOR_RESOLVED, null),
          new Transition(
              Kind.REPORT_AGAIN,
              Set.of(RESOLVED),
              Set.of(RESOLVED, OPEN, PENDING_RESOLUTION, DEAD_LETTERED)),
          new Transition(Kind.CLEAR, ANY_BUT_RESOLVED, Set.of(RESOLVED)),
          new Transition(
              Kind.DISPATCH,
              Set.of(OPEN, ASSIGNED, UNDER_REVIEW, ESCALATED),
              Set.of(PENDING_RESOLUTION)),
          new Transition(Kind.RECORD_DELIVERY, Set.of(PENDING_RESOLUTION), null),
          new Transition(
              Kind.RECORD_DELIVERY_FAILURE,
              Set.of(PENDING_RESOLUTION),
              Set.of(OPEN, ASSIGNED, UNDER_REVIEW, ESCALATED)),
          new Transition(
              Kind.CALLBACK,
              Set.of(PENDING_RESOLUTION),
              Set.of(PENDING_RESOLUTION, RESOLVED, OPEN, ASSIGNED)),
          new Transition(Kind.RECLASSIFY, ANY_BUT_RESOLVED, null),
          new Transition(Kind.MARK_OVERDUE, ANY_BUT_RESOLVED, null),
          new Transition(
              Kind.REDRIVE, Set.of(DEAD_LETTERED), Set.of(OPEN, PENDING_RESOLUTION, DEAD_LETTERED)),
          new Transition(Kind.ASSIGN, IN_HANDS, Set.of(ASSIGNED)),
          new Transition(Kind.UNASSIGN, Set.of(ASSIGNED, UNDER_REVIEW), Set.of(OPEN)),
          new Transition(
              Kind.START_REVIEW, Set.of(OPEN, ASSIGNED, ESCALATED), Set.of(UNDER_REVIEW)),
          new Transition(
              Kind.PROPOSE_RESOLUTION,
              IN_HANDS,
              Set.of(PENDING_APPROVAL, PENDING_RESOLUTION, RESOLVED)),
          new Transition(
              Kind.APPROVE_RESOLUTION,
              Set.of(PENDING_APPROVAL),
              Set.of(PENDING_APPROVAL, PENDING_RESOLUTION, RESOLVED)),
          new Transition(Kind.REJECT_RESOLUTION, Set.of(PENDING_APPROVAL), Set.of(UNDER_REVIEW)),
          new Transition(Kind.CLAIM, IN_HANDS, Set.of(UNDER_REVIEW)),
          new Transition(Kind.CLAIM, Set.of(PENDING_APPROVAL), null),
          new Transition(Kind.RELEASE_CLAIM, Set.of(PENDING_APPROVAL), null),
          new Transition(Kind.RELEASE_CLAIM, Set.of(UNDER_REVIEW), Set.of(OPEN)),
          new Transition(Kind.EXPIRE_CLAIM, Set.of(PENDING_APPROVAL), null),
          new Transition(Kind.EXPIRE_CLAIM, Set.of(UNDER_REVIEW), Set.of(UNDER_REVIEW, OPEN)),
          new Transition(Kind.RECORD_POSTING, Set.of(PENDING_RESOLUTION), Set.of(RESOLVED)),
          new Transition(
              Kind.RECORD_POSTING_REFUSAL, Set.of(PENDING_RESOLUTION), Set.of(UNDER_REVIEW)),
          new Transition(Kind.RECORD_POSTING_FAILURE, Set.of(PENDING_RESOLUTION), null),
          new Transition(Kind.RETRY_POSTING, Set.of(PENDING_RESOLUTION), null),
          new Transition(Kind.RECORD_HOLD_PROBLEM, EnumSet.allOf(CaseStatus.class), null),
          new Transition(Kind.ESCALATE, IN_HANDS, Set.of(ESCALATED)),
          new Transition(
              Kind.ESCALATE, Set.of(PENDING_APPROVAL, PENDING_RESOLUTION, DEAD_LETTERED), null),
          new Transition(Kind.PLACE_HOLD, ANY_BUT_RESOLVED, null),
          new Transition(Kind.RELEASE_HOLD, ANY_BUT_RESOLVED, null),
          new Transition(Kind.COMMENT, EnumSet.allOf(CaseStatus.class), null),
          new Transition(Kind.DISPUTE, Set.of(OPEN), Set.of(OPEN, UNDER_REVIEW)),
          new Transition(Kind.DISPUTE, Set.of(ESCALATED), Set.of(ESCALATED, UNDER_REVIEW)),
          new Transition(
              Kind.DISPUTE, Set.of(ASSIGNED, UNDER_REVIEW), Set.of(ASSIGNED, UNDER_REVIEW)),
          new Transition(
              Kind.DISPUTE, Set.of(PENDING_APPROVAL, PENDING_RESOLUTION, DEAD_LETTERED), null),
          new Transition(Kind.REMIND, TIMED, null),
          new Transition(Kind.REASSIGN, IN_HANDS, Set.of(ESCALATED)),
          new Transition(Kind.REASSIGN, Set.of(PENDING_APPROVAL), null),
          new Transition(Kind.DEAD_LETTER, TIMED, Set.of(DEAD_LETTERED)),
          new Transition(Kind.SNOOZE, TIMED, null),
          new Transition(Kind.WAKE, ANY_BUT_RESOLVED, null));

  private Lifecycle() {}

  /** What a case takes at a status. */
  public static Set<Kind> allowedAt(CaseStatus status) {
    return TABLE.stream()
        .filter(row -> row.from().contains(status))
        .map(Transition::command)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Decides what a command does to a case.
   *
   * @param current the case as it stands; null when there is none yet
   * @param now the instant of the events
   */
  public static Outcome decide(
      CaseId id, @Nullable ExceptionCase current, CaseCommand command, Instant now) {
    if (current == null) {
      return command instanceof CaseCommand.Open open
          ? opened(open)
          : Refused.because(new Refusal.NotFound(id));
    }
    if (TABLE.stream().noneMatch(row -> row.allows(command.kind(), current.status()))) {
      return refused(current, command);
    }
    return Holding.releasedBySettling(current, decide(current, command, now));
  }

  private static Outcome decide(ExceptionCase current, CaseCommand command, Instant now) {
    return switch (command) {
      case CaseCommand.Open open ->
          throw new IllegalStateException("The table lets " + current.id() + " be opened twice.");
      case CaseCommand.ReportAgain again -> reportedAgain(current, again);
      case CaseCommand.Clear clear ->
          current.isBeingPosted()
              ? Refused.because(Books.underWay(current))
              : accepted(new CaseEvent.Cleared(clear.reason()));
      case CaseCommand.RequestDispatch dispatch ->
          accepted(
              new CaseEvent.DispatchRequested(
                  dispatch.again() != null
                      ? dispatch.again()
                      : DispatchId.of(current.id(), current.version()),
                  dispatch.target(),
                  dispatch.queue()));
      case CaseCommand.RecordDelivery delivery -> delivered(current, delivery);
      case CaseCommand.RecordDeliveryFailure failure -> notDelivered(current, failure);
      case CaseCommand.AcceptCallback answer -> Answers.decide(current, answer.callback());
      case CaseCommand.Reclassify again -> reclassified(current, again.assessment(), now);
      case CaseCommand.MarkOverdue overdue -> overdue(current, overdue.what(), now);
      case CaseCommand.Redrive redrive -> redriven(current, redrive);
      case CaseCommand.OfQueue claim -> Claiming.decide(current, claim);
      case CaseCommand.Assign assign -> Work.assign(current, assign);
      case CaseCommand.Unassign unassign -> accepted(new CaseEvent.Unassigned());
      case CaseCommand.StartReview start -> Work.startReview(current, start.by());
      case CaseCommand.Propose propose -> Work.propose(current, propose, now);
      case CaseCommand.Approve approve -> Work.approve(current, approve, now);
      case CaseCommand.Reject reject -> Work.reject(current, reject);
      case CaseCommand.Escalate escalate -> Work.escalate(current, escalate);
      case CaseCommand.PlaceHold place -> Holding.place(current, place);
      case CaseCommand.ReleaseHold release -> Holding.release(current, release);
      case CaseCommand.AddComment comment -> Conversation.comment(current, comment.text());
      case CaseCommand.RedactComment redact -> Conversation.redact(redact);
      case CaseCommand.RedactEvidence redact -> Conversation.redact(current, redact);
      case CaseCommand.MoveDispute dispute -> Conversation.dispute(current, dispute);
      case CaseCommand.Remind remind -> Falling.remind(current, now);
      case CaseCommand.Reassign reassign -> Falling.reassign(current, now);
      case CaseCommand.DeadLetter letter -> Falling.deadLetter(current, now);
      case CaseCommand.Snooze snooze -> Falling.snooze(current, snooze, now);
      case CaseCommand.Wake wake -> Falling.wake(current, wake, now);
      case CaseCommand.OfLedger answer -> Books.answered(current, answer);
    };
  }

  /** A callback nobody waits for any more is kept in the journal all the same. */
  private static Outcome refused(ExceptionCase current, CaseCommand command) {
    var refusal =
        new Refusal.NotAllowed(command.kind(), current.status(), allowedAt(current.status()));
    return command instanceof CaseCommand.AcceptCallback answer
        ? new Refused(
            refusal,
            List.of(
                new CaseEvent.CallbackIgnored(
                    answer.callback(), "The exception is " + current.status() + ".")))
        : Refused.because(refusal);
  }

  private static Outcome opened(CaseCommand.Open open) {
    var report = open.report();
    var events = new ArrayList<CaseEvent>();
    var substance = report.substanceHash();
    events.add(
        new CaseEvent.Opened(report, report.contentHash(substance), substance, open.receivedAt()));
    assessed(events, report.caseId(), 0, open.assessment(), open.settlement());
    return new Accepted(events);
  }

  private static void assessed(
      List<CaseEvent> events,
      CaseId id,
      long version,
      Assessment assessment,
      @Nullable Settlement settlement) {
    events.add(new CaseEvent.Classified(assessment.classification()));
    events.add(new CaseEvent.Routed(assessment.routing(), assessment.fallback()));
    if (assessment.routing().decision() instanceof Route route) {
      var settled = settled(settlement);
      events.addAll(settled);
      if (settled.isEmpty() && route.target() != null) {
        events.add(
            new CaseEvent.DispatchRequested(
                DispatchId.of(id, version + events.size()), route.target(), null));
      }
    }
  }

  /** What follows when rules settle a case: nothing, unless they ask for nobody's approval. */
  private static List<CaseEvent> settled(@Nullable Settlement settlement) {
    return settlement == null || !settlement.isApproved()
        ? List.of()
        : List.of(
            new CaseEvent.ResolutionProposed(settlement.resolution()),
            new CaseEvent.ResolutionApproved(settlement.approval()),
            new CaseEvent.Resolved(settlement.resolution().decision().resolution()));
  }

  private static Outcome reportedAgain(ExceptionCase current, CaseCommand.ReportAgain again) {
    var report = again.report();
    var substance = report.substanceHash();
    var content = report.contentHash(substance);
    if (content.equals(current.contentHash())) {
      return accepted();
    }
    if (!substance.equals(current.substanceHash())) {
      return conflict(current, again, content, substance);
    }
    return current.status() == RESOLVED
        ? detectedAfterResolution(current, again, content)
        : redetected(current, again, content);
  }

  private static Outcome conflict(
      ExceptionCase current, CaseCommand.ReportAgain again, Sha256 content, Sha256 substance) {
    return new Refused(
        new Refusal.Conflict(current.id(), current.substanceHash(), substance),
        List.of(
            new CaseEvent.ConflictingReport(
                current.substanceHash(), substance, content, again.receivedAt())));
  }

  private static Outcome redetected(
      ExceptionCase current, CaseCommand.ReportAgain again, Sha256 content) {
    var events = new ArrayList<CaseEvent>();
    events.add(new CaseEvent.Redetected(again.report(), content, again.receivedAt()));
    events.addAll(raised(current, again.assessment()));
    if (current.status() == OPEN) {
      events.addAll(settled(again.settlement()));
    }
    return new Accepted(events);
  }

  /**
   * An old report that arrives late says nothing new about a settled item, nor does any report of a
   * difference that is accepted.
   */
  private static Outcome detectedAfterResolution(
      ExceptionCase current, CaseCommand.ReportAgain again, Sha256 content) {
    var report = again.report();
    var detected = report.detectedAt() != null ? report.detectedAt() : again.receivedAt();
    if ((current.resolvedAt() != null && !detected.isAfter(current.resolvedAt()))
        || (current.resolution() instanceof Resolution.KnownDifference known
            && known.covers(detected))) {
      return accepted();
    }
    var events = new ArrayList<CaseEvent>();
    events.add(new CaseEvent.Recurred(report, content, again.receivedAt()));
    assessed(events, current.id(), current.version(), again.assessment(), again.settlement());
    return new Accepted(events);
  }

  private static Outcome delivered(ExceptionCase current, CaseCommand.RecordDelivery delivery) {
    return isPending(current, delivery.dispatch())
        ? accepted(
            new CaseEvent.DispatchDelivered(
                delivery.dispatch(), delivery.externalReference(), delivery.answerDueAt()))
        : Refused.because(new Refusal.UnknownDispatch(delivery.dispatch()));
  }

  private static Outcome notDelivered(
      ExceptionCase current, CaseCommand.RecordDeliveryFailure failure) {
    return isPending(current, failure.dispatch())
        ? accepted(new CaseEvent.DispatchDeadLettered(failure.dispatch(), failure.reason()))
        : Refused.because(new Refusal.UnknownDispatch(failure.dispatch()));
  }

  private static boolean isPending(ExceptionCase current, DispatchId dispatch) {
    return current.pending() != null && current.pending().id().equals(dispatch);
  }

  /** A timer that fires early, or twice, finds nothing to do. */
  private static Outcome reclassified(ExceptionCase current, Assessment assessment, Instant now) {
    var standing = current.classification();
    if (standing == null || standing.redecideAt() == null || now.isBefore(standing.redecideAt())) {
      return accepted();
    }
    var events = raised(current, assessment);
    return events.isEmpty()
        ? accepted(new CaseEvent.Reclassified(assessment.classification()))
        : new Accepted(events);
  }

  /** What follows from a graver severity: the new class, and the new queue while nobody has it. */
  private static List<CaseEvent> raised(ExceptionCase current, Assessment assessment) {
    var standing = current.classification();
    var advice = assessment.classification();
    if (standing == null || !advice.decision().severity().isGraverThan(standing.severity())) {
      return List.of();
    }
    var events = new ArrayList<CaseEvent>();
    events.add(new CaseEvent.Reclassified(advice));
    if (current.status() == OPEN
        && assessment.routing().decision() instanceof Route route
        && !route.equals(current.route())) {
      events.add(new CaseEvent.Routed(assessment.routing()));
    }
    return events;
  }

  private static Outcome overdue(ExceptionCase current, Overdue what, Instant now) {
    var due =
        switch (what) {
          case RESOLUTION -> slaDue(current);
          case ANSWER -> answerDue(current);
        };
    return due == null || now.isBefore(due)
        ? accepted()
        : accepted(new CaseEvent.MarkedOverdue(what, due));
  }

  private static @Nullable Instant slaDue(ExceptionCase current) {
    var standing = current.classification();
    return standing == null || standing.breached() ? null : standing.dueAt();
  }

  private static @Nullable Instant answerDue(ExceptionCase current) {
    var pending = current.pending();
    return pending == null || pending.answerOverdue() ? null : pending.answerDueAt();
  }

  private static Outcome redriven(ExceptionCase current, CaseCommand.Redrive redrive) {
    var events = new ArrayList<CaseEvent>();
    events.add(new CaseEvent.Redriven(redrive.reason()));
    assessed(events, current.id(), current.version(), redrive.assessment(), null);
    return new Accepted(events);
  }

  private static Outcome accepted(CaseEvent... events) {
    return new Accepted(List.of(events));
  }
}
