package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.disputes.Talk;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exception: the report plus all that happened to it since. Changed by {@link #after} and by
 * nothing else, so the state is always that of its journal.
 *
 * @param version how many events it has seen; also its ETag
 * @param report without the raw record, which the journal keeps
 * @param route null when no rule routes it
 * @param assignee who has it
 * @param claim the lease under which somebody holds it
 * @param escalationLevel beside the status, so a deadline never hides who works on it
 * @param pending the outside system it waits for
 * @param proposal what a person proposed that does not hold yet
 * @param deadLetterReason why it is DEAD_LETTERED
 * @param standing what stands over it: holds, a fallback chain, a pause
 * @param talk what is said about it, counted
 * @param bookkeeping how far its posting is; null while there is none
 * @param updatedAt the instant of its last event
 */
public record ExceptionCase(
    CaseId id,
    long version,
    ExceptionReport report,
    Sha256 contentHash,
    Sha256 substanceHash,
    CaseStatus status,
    @Nullable Classification classification,
    @Nullable Route route,
    @Nullable String assignee,
    @Nullable Claim claim,
    int escalationLevel,
    Detection detection,
    @Nullable PendingDispatch pending,
    @Nullable PendingProposal proposal,
    @Nullable Resolution resolution,
    @Nullable Instant resolvedAt,
    @Nullable String deadLetterReason,
    Standing standing,
    Talk talk,
    @Nullable Bookkeeping bookkeeping,
    Instant openedAt,
    Instant updatedAt) {

  /** The case that the first event of a journal opens. */
  public static ExceptionCase from(CaseEvent.Opened opened, Instant at) {
    var report = opened.report();
    var detected = report.detectedAt() != null ? report.detectedAt() : opened.receivedAt();
    return new ExceptionCase(
        report.caseId(),
        1,
        report.withoutPayload(),
        opened.contentHash(),
        opened.substanceHash(),
        CaseStatus.OPEN,
        null,
        null,
        null,
        null,
        0,
        Detection.first(detected),
        null,
        null,
        null,
        null,
        null,
        Standing.NONE,
        Talk.NONE,
        null,
        at,
        at);
  }

  /**
   * The case after one more event.
   *
   * @throws IllegalStateException when the event cannot happen to this case: a broken invariant
   */
  public ExceptionCase after(CaseEvent event, Instant at) {
    var next = new CaseDraft(this, at);
    switch (event) {
      case CaseEvent.Opened o ->
          throw new IllegalStateException("The case " + id + " was opened twice.");
      case CaseEvent.Classified e -> next.classification = Classification.first(e.advice());
      case CaseEvent.Reclassified e -> next.classification = classified().again(e.advice());
      case CaseEvent.Routed e -> routed(next, e);
      case CaseEvent.Redetected e -> reported(next, e.report(), e.contentHash(), e.receivedAt());
      case CaseEvent.Recurred e -> recurred(next, e);
      case CaseEvent.Cleared e -> resolved(next, new Resolution.AutoCleared(e.reason()));
      case CaseEvent.DispatchRequested e -> requested(next, e);
      case CaseEvent.DispatchDelivered e ->
          next.pending = pendingDispatch().delivered(e.externalReference(), at, e.answerDueAt());
      case CaseEvent.DispatchDeadLettered e -> {
        next.standing = afterOutside(at);
        next.status = pendingDispatch().before();
        next.pending = null;
      }
      case CaseEvent.Resolved e -> resolved(next, e.resolution());
      case CaseEvent.Reopened e -> returned(next, CaseStatus.OPEN, null);
      case CaseEvent.Assigned e -> returned(next, CaseStatus.ASSIGNED, e.assignee());
      case CaseEvent.MarkedOverdue e -> overdue(next, e);
      case CaseEvent.Redriven e -> {
        next.status = CaseStatus.OPEN;
        next.deadLetterReason = null;
        next.standing = standing.settled();
      }
      case CaseEvent.Unassigned e -> back(next, CaseStatus.OPEN, null);
      case CaseEvent.ReviewStarted e -> back(next, CaseStatus.UNDER_REVIEW, e.reviewer());
      case CaseEvent.Claimed e -> Claiming.claimed(next, version + 1, e);
      case CaseEvent.ClaimReleased e -> Claiming.ended(next);
      case CaseEvent.ClaimExpired e -> Claiming.ended(next);
      case CaseEvent.ProposalMade e -> {
        next.proposal = PendingProposal.of(e.resolution(), e.by(), at);
        next.bookkeeping = null;
      }
      case CaseEvent.ApprovalsDecided e -> {
        next.proposal = proposed().needing(e.advice().decision().needed());
        next.status = next.proposal.needed().isEmpty() ? next.status : CaseStatus.PENDING_APPROVAL;
      }
      case CaseEvent.ApprovalGiven e -> {
        next.proposal = proposed().givenBy(e.by(), e.role());
        next.claim = null;
      }
      case CaseEvent.ResolutionRejected e -> rejected(next);
      case CaseEvent.Escalated e -> escalated(next, e);
      case CaseEvent.OfTime e -> timePassed(next, e);
      case CaseEvent.OfHolds e -> held(next, e);
      case CaseEvent.OfTalk e -> next.talk = Conversation.after(talk, e, at);
      case CaseEvent.OfLedger e -> ledger(next, e);
      // What rules propose is approved and takes effect in the same commit.
      case CaseEvent.ResolutionProposed e -> {}
      case CaseEvent.ResolutionApproved e -> {}
      case CaseEvent.ConflictingReport e -> {}
      case CaseEvent.CallbackReceived e -> {}
      case CaseEvent.CallbackIgnored e -> {}
    }
    return next.build();
  }

  /** The earlier, the more urgent it is among open cases; null for one that is not classified. */
  public @Nullable Instant urgentAt() {
    return Urgency.of(this);
  }

  /** Whether it still needs somebody or something. */
  public boolean isOpen() {
    return status != CaseStatus.RESOLVED;
  }

  /** Whether the ledger may have posted its resolution, and has not said so. */
  public boolean isBeingPosted() {
    return bookkeeping != null && bookkeeping.isUnderWay();
  }

  /** What it does next by itself; null when nothing. */
  public @Nullable Timer nextTimer() {
    if (!isOpen() || classification == null) {
      return null;
    }
    Timer next = null;
    if (classification.redecideAt() != null) {
      next = new Timer(Timer.Action.RECLASSIFY, classification.redecideAt());
    }
    if (!classification.breached() && standing.pause() == null) {
      next = sooner(next, new Timer(Timer.Action.MARK_SLA_BREACHED, classification.dueAt()));
    }
    if (pending != null && pending.answerDueAt() != null && !pending.answerOverdue()) {
      next = sooner(next, new Timer(Timer.Action.MARK_ANSWER_OVERDUE, pending.answerDueAt()));
    }
    if (standing.pause() != null) {
      next = sooner(next, new Timer(Timer.Action.WAKE, standing.pause().until()));
    }
    var step = nextStep();
    return step == null ? next : sooner(next, new Timer(Timer.Action.of(step.step()), step.at()));
  }

  /** The next step of its fallback chain; null when none is left, or the chain rests. */
  public Fallback.@Nullable Planned nextStep() {
    var fallback = standing.fallback();
    return fallback == null || standing.pause() != null || !Lifecycle.TIMED.contains(status)
        ? null
        : fallback.next();
  }

  private static Timer sooner(@Nullable Timer a, Timer b) {
    return a == null || b.at().isBefore(a.at()) ? b : a;
  }

  private Classification classified() {
    return expected(classification, "a classification");
  }

  private PendingDispatch pendingDispatch() {
    return expected(pending, "a pending dispatch");
  }

  private PendingProposal proposed() {
    return expected(proposal, "a proposed resolution");
  }

  private <T> T expected(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException("The case %s, %s, has no %s.".formatted(id, status, what));
    }
    return part;
  }

  private static void routed(CaseDraft next, CaseEvent.Routed event) {
    switch (event.advice().decision()) {
      case Route route -> {
        next.route = route;
        if (event.fallback() != null) {
          next.standing = next.standing.falling(Fallback.of(event.fallback().decision()));
        }
      }
      case Unrouted unrouted -> {
        next.route = null;
        next.status = CaseStatus.DEAD_LETTERED;
        next.deadLetterReason = unrouted.reason();
      }
    }
  }

  /** Who hands it out lets it rest no longer. */
  private static void requested(CaseDraft next, CaseEvent.DispatchRequested event) {
    woken(next);
    next.pending =
        new PendingDispatch(
            event.dispatch(),
            event.target(),
            event.queue(),
            next.status,
            next.at,
            null,
            null,
            null,
            false);
    next.status = CaseStatus.PENDING_RESOLUTION;
  }

  /** While an outside system had it, its chain rested. */
  private Standing afterOutside(Instant at) {
    return pending == null ? standing : standing.later(Duration.between(pending.requestedAt(), at));
  }

  private void returned(CaseDraft next, CaseStatus status, @Nullable String assignee) {
    next.standing = afterOutside(next.at);
    back(next, status, assignee);
  }

  private void timePassed(CaseDraft next, CaseEvent.OfTime event) {
    switch (event) {
      case CaseEvent.Reminded e -> next.standing = standing.stepped();
      case CaseEvent.DeadLettered e -> deadLettered(next, e);
      case CaseEvent.Snoozed e -> next.standing = standing.resting(rest(e, next.at));
      case CaseEvent.Woken e -> woken(next);
    }
  }

  private void held(CaseDraft next, CaseEvent.OfHolds event) {
    next.standing =
        switch (event) {
          case CaseEvent.HoldPlaced e ->
              standing.with(new Hold(e.hold(), e.scope(), e.reason(), e.by(), next.at));
          case CaseEvent.HoldReleased e -> standing.without(e.hold());
        };
  }

  private Pause rest(CaseEvent.Snoozed event, Instant at) {
    var since = standing.pause() == null ? at : standing.pause().since();
    return new Pause(since, event.until(), event.reason(), event.by());
  }

  private static void woken(CaseDraft next) {
    var pause = next.standing.pause();
    if (pause != null) {
      var rested = pause.endedAt(next.at);
      next.standing = next.standing.resting(null).later(rested);
      next.classification = next.classification == null ? null : next.classification.later(rested);
    }
  }

  private static void deadLettered(CaseDraft next, CaseEvent.DeadLettered event) {
    next.standing = next.standing.settled();
    next.deadLetterReason = event.reason();
    if (next.route != null) {
      next.route = next.route.at(event.to());
    }
    back(next, CaseStatus.DEAD_LETTERED, null);
  }

  private void reported(
      CaseDraft next, ExceptionReport report, Sha256 contentHash, Instant receivedAt) {
    next.report = report.withoutPayload();
    next.contentHash = contentHash;
    next.detection = detection.again(detectedAt(report, receivedAt));
  }

  private void recurred(CaseDraft next, CaseEvent.Recurred event) {
    next.report = event.report().withoutPayload();
    next.contentHash = event.contentHash();
    next.detection = detection.recurred(detectedAt(event.report(), event.receivedAt()));
    next.resolution = null;
    next.resolvedAt = null;
    next.classification = null;
    next.escalationLevel = 0;
    next.standing = next.standing.settled();
    next.bookkeeping = null;
    back(next, CaseStatus.OPEN, null);
  }

  private static void resolved(CaseDraft next, Resolution resolution) {
    next.resolution = resolution;
    next.resolvedAt = next.at;
    next.deadLetterReason = null;
    next.standing = next.standing.settled();
    back(next, CaseStatus.RESOLVED, next.assignee);
  }

  private static void back(CaseDraft next, CaseStatus status, @Nullable String assignee) {
    next.status = status;
    next.assignee = assignee;
    next.pending = null;
    next.proposal = null;
    if (next.bookkeeping != null && next.bookkeeping.stage() == Bookkeeping.Stage.DRAFTED) {
      next.bookkeeping = null;
    }
  }

  private void ledger(CaseDraft next, CaseEvent.OfLedger event) {
    switch (event) {
      case CaseEvent.PostingDrafted e -> next.bookkeeping = Bookkeeping.drafted(e.posting());
      case CaseEvent.PostingRequested e -> {
        next.bookkeeping = books().requested(e.posting());
        next.status = CaseStatus.PENDING_RESOLUTION;
      }
      case CaseEvent.LedgerPosted e -> next.bookkeeping = books().posted(e.reference());
      case CaseEvent.PostingRefused e -> {
        next.bookkeeping = books().refused(e.reason());
        rejected(next);
      }
      case CaseEvent.PostingStuck e -> next.bookkeeping = books().stuck(e.reason());
      case CaseEvent.HoldNotTaken e -> {}
      case CaseEvent.PostingRetried e -> next.bookkeeping = books().requested(books().posting());
    }
  }

  private Bookkeeping books() {
    return expected(bookkeeping, "a posting");
  }

  private void rejected(CaseDraft next) {
    back(next, CaseStatus.UNDER_REVIEW, proposed().by());
  }

  /** What waits for an approval or for an outside system goes on waiting, on another queue. */
  private static void escalated(CaseDraft next, CaseEvent.Escalated event) {
    next.escalationLevel++;
    if (event.dueAt() != null) {
      next.standing = next.standing.stepped();
    }
    if (next.route != null) {
      next.route = next.route.at(event.to());
    }
    if (Lifecycle.IN_HANDS.contains(next.status)) {
      back(next, CaseStatus.ESCALATED, null);
    }
  }

  private void overdue(CaseDraft next, CaseEvent.MarkedOverdue event) {
    switch (event.what()) {
      case RESOLUTION -> next.classification = classified().asBreached();
      case ANSWER -> next.pending = pendingDispatch().overdue();
    }
  }

  private static Instant detectedAt(ExceptionReport report, Instant receivedAt) {
    return report.detectedAt() != null ? report.detectedAt() : receivedAt;
  }
}
