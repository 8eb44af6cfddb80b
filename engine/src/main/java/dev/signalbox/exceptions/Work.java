package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Outcome.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people's commands do to a case, where the lifecycle lets them at all. Pure. */
final class Work {
  private Work() {}

  static Outcome assign(ExceptionCase current, CaseCommand.Assign assign) {
    return current.status() == CaseStatus.ASSIGNED && assign.assignee().equals(current.assignee())
        ? accepted()
        : accepted(new CaseEvent.Assigned(assign.assignee(), assign.rule()));
  }

  /** What is locked for one at a time is held for a while only, or it might be locked for ever. */
  static Outcome startReview(ExceptionCase current, Reviewer by) {
    var refusal = cannotTake(current, by);
    if (refusal != null) {
      return Outcome.Refused.because(refusal);
    }
    boolean isExclusive = current.route() != null && current.route().exclusiveLock();
    return accepted(
        isExclusive
            ? new CaseEvent.Claimed(by.name(), Claim.USUAL)
            : new CaseEvent.ReviewStarted(by.name()));
  }

  /** Whoever proposes for what nobody has takes it by that. */
  static Outcome propose(ExceptionCase current, CaseCommand.Propose propose, Instant now) {
    var by = propose.by();
    var refusal = cannotTake(current, by);
    if (refusal == null) {
      refusal = propose.resolution().misfit(current.report());
    }
    if (refusal != null) {
      return Outcome.Refused.because(refusal);
    }
    return switch (Books.effect(current, propose.resolution(), propose.chart())) {
      case Books.Effect.Unknown(var why) ->
          Outcome.Refused.because(new Refusal.AccountUnknown(why));
      case Books.Effect.None() -> proposed(current, propose, null, now);
      case Books.Effect.Posts(var posting) -> proposed(current, propose, posting, now);
    };
  }

  private static Outcome proposed(
      ExceptionCase current, CaseCommand.Propose propose, @Nullable Posting posting, Instant now) {
    var by = propose.by();
    var events = new ArrayList<CaseEvent>();
    if (current.assignee() == null) {
      events.add(new CaseEvent.ReviewStarted(by.name()));
    }
    events.add(new CaseEvent.ProposalMade(propose.resolution(), by.name(), by.highestRole()));
    if (posting != null) {
      events.add(new CaseEvent.PostingDrafted(posting));
    }
    events.add(new CaseEvent.ApprovalsDecided(propose.approval()));
    if (propose.approval().decision().needed().isEmpty()) {
      events.add(Books.approved(propose.resolution(), posting, now));
    }
    return new Accepted(events);
  }

  static @Nullable Refusal cannotTake(ExceptionCase current, Reviewer by) {
    var holder = current.assignee();
    if (holder != null && !holder.equals(by.name())) {
      return new Refusal.HeldByAnother(holder, null);
    }
    var role = current.route() == null ? null : current.route().requiredRole();
    return role == null || by.roles().contains(role)
        ? by.competence().lacking(current)
        : new Refusal.RoleNeeded(List.of(role), "works on this exception");
  }

  static @Nullable Refusal cannotApprove(ExceptionCase current, Reviewer by) {
    var proposal = proposal(current);
    if (proposal.by().equals(by.name())) {
      return new Refusal.OwnProposal(by.name());
    }
    if (proposal.isApprovedBy(by)) {
      return new Refusal.ApprovedBefore(by.name(), proposal.missing());
    }
    return proposal.approvableBy(by).isEmpty()
        ? new Refusal.RoleNeeded(proposal.missing(), "approves this resolution")
        : by.competence().lacking(current);
  }

  static Outcome approve(ExceptionCase current, CaseCommand.Approve approve, Instant now) {
    var proposal = proposal(current);
    var by = approve.by();
    var refusal = cannotApprove(current, by);
    if (refusal != null) {
      return Outcome.Refused.because(refusal);
    }
    var role = proposal.approvableBy(by).orElseThrow();
    var given = new CaseEvent.ApprovalGiven(by.name(), role, approve.note(), approve.batch());
    return proposal.missing().size() == 1
        ? accepted(given, Books.approved(proposal.resolution(), drafted(current), now))
        : accepted(given);
  }

  static Outcome reject(ExceptionCase current, CaseCommand.Reject reject) {
    var proposal = proposal(current);
    var by = reject.by();
    boolean mayReject =
        proposal.by().equals(by.name())
            || proposal.needed().stream().anyMatch(one -> by.roles().contains(one.role()));
    return mayReject
        ? accepted(new CaseEvent.ResolutionRejected(by.name(), reject.reason(), reject.batch()))
        : Outcome.Refused.because(
            new Refusal.RoleNeeded(proposal.missing(), "rejects this resolution"));
  }

  private static @Nullable Posting drafted(ExceptionCase current) {
    var books = current.bookkeeping();
    return books != null && books.stage() == Bookkeeping.Stage.DRAFTED ? books.posting() : null;
  }

  private static PendingProposal proposal(ExceptionCase current) {
    var proposal = current.proposal();
    if (proposal == null) {
      throw new IllegalStateException(
          "The case %s is PENDING_APPROVAL, and nothing is proposed.".formatted(current.id()));
    }
    return proposal;
  }

  /**
   * A deadline, or a person, takes it up a level; whoever works on it keeps it if nobody else can.
   */
  static Outcome escalate(ExceptionCase current, CaseCommand.Escalate escalate) {
    return accepted(new CaseEvent.Escalated(escalate.to(), escalate.reason()));
  }

  private static Outcome accepted(CaseEvent... events) {
    return new Accepted(List.of(events));
  }
}
