package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.disputes.Talk;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next case while one event is applied to it; never leaves {@link ExceptionCase#after}. */
final class CaseDraft {
  private final ExceptionCase before;
  final Instant at;
  ExceptionReport report;
  Sha256 contentHash;
  CaseStatus status;
  @Nullable Classification classification;
  @Nullable Route route;
  @Nullable String assignee;
  @Nullable Claim claim;
  int escalationLevel;
  Detection detection;
  @Nullable PendingDispatch pending;
  @Nullable PendingProposal proposal;
  @Nullable Resolution resolution;
  @Nullable Instant resolvedAt;
  @Nullable String deadLetterReason;
  Standing standing;
  Talk talk;
  @Nullable Bookkeeping bookkeeping;

  CaseDraft(ExceptionCase before, Instant at) {
    this.before = before;
    this.at = at;
    report = before.report();
    contentHash = before.contentHash();
    status = before.status();
    classification = before.classification();
    route = before.route();
    assignee = before.assignee();
    claim = before.claim();
    escalationLevel = before.escalationLevel();
    detection = before.detection();
    pending = before.pending();
    proposal = before.proposal();
    resolution = before.resolution();
    resolvedAt = before.resolvedAt();
    deadLetterReason = before.deadLetterReason();
    standing = before.standing();
    talk = before.talk();
    bookkeeping = before.bookkeeping();
  }

  ExceptionCase build() {
    return new ExceptionCase(
        before.id(),
        before.version() + 1,
        report,
        contentHash,
        before.substanceHash(),
        status,
        classification,
        route,
        assignee,
        claim != null && claim.holds(this) ? claim : null,
        escalationLevel,
        detection,
        pending,
        proposal,
        resolution,
        resolvedAt,
        deadLetterReason,
        standing,
        talk,
        bookkeeping,
        before.openedAt(),
        at);
  }
}
