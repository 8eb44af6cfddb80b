package dev.signalbox.exceptions;

import dev.signalbox.exceptions.CaseCommand.Kind;
import dev.signalbox.exceptions.Outcome.Accepted;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What claims do to a case, and to what others may do with it. Pure. */
public final class Claiming {
  /** What only who holds a case may do, whatever its route. */
  private static final Set<Kind> FOR_THE_HOLDER =
      EnumSet.of(
          Kind.CLAIM,
          Kind.START_REVIEW,
          Kind.PROPOSE_RESOLUTION,
          Kind.APPROVE_RESOLUTION,
          Kind.REJECT_RESOLUTION);

  /** What concerns no holder: what sources, outside systems and Signalbox itself say. */
  private static final Set<Kind> OF_NO_REVIEWER =
      EnumSet.of(
          Kind.OPEN,
          Kind.REPORT_AGAIN,
          Kind.CLEAR,
          Kind.CALLBACK,
          Kind.RECORD_DELIVERY,
          Kind.RECORD_DELIVERY_FAILURE,
          Kind.RECLASSIFY,
          Kind.MARK_OVERDUE,
          Kind.COMMENT,
          Kind.EXPIRE_CLAIM,
          Kind.PLACE_HOLD,
          Kind.RELEASE_HOLD);

  private Claiming() {}

  /**
   * Why a claim keeps somebody from a command; null when it does not.
   *
   * @param fence that of the claim under which the command is given; null when under none
   * @param end when the claim that there is ends; null where that is not known
   */
  public static @Nullable Refusal lock(
      ExceptionCase state, Kind kind, Actor actor, @Nullable Long fence, @Nullable LeaseEnd end) {
    var claim = state.claim();
    if (fence != null && (claim == null || claim.fence() != fence)) {
      return new Refusal.ClaimLost(fence, claim == null ? state.assignee() : claim.by(), end);
    }
    if (claim == null
        || !(actor instanceof Actor.Person)
        || claim.by().equals(actor.name())
        || OF_NO_REVIEWER.contains(kind)) {
      return null;
    }
    boolean isExclusive = state.route() != null && state.route().exclusiveLock();
    return isExclusive || FOR_THE_HOLDER.contains(kind)
        ? new Refusal.HeldByAnother(claim.by(), end)
        : null;
  }

  static Outcome decide(ExceptionCase current, CaseCommand.OfQueue command) {
    return switch (command) {
      case CaseCommand.Claim claim -> claim(current, claim);
      case CaseCommand.ReleaseClaim release -> release(current, release);
      case CaseCommand.ExpireClaim expire -> {
        var claim = current.claim();
        yield claim == null || claim.fence() != expire.fence()
            ? new Accepted(List.of())
            : accepted(new CaseEvent.ClaimExpired(claim.by()));
      }
    };
  }

  /** What one holds already is claimed anew: the lease begins again, under a new fence. */
  private static Outcome claim(ExceptionCase current, CaseCommand.Claim claim) {
    var by = claim.by();
    var refusal =
        current.status() == CaseStatus.PENDING_APPROVAL
            ? Work.cannotApprove(current, by)
            : Work.cannotTake(current, by);
    return refusal != null
        ? Outcome.Refused.because(refusal)
        : accepted(new CaseEvent.Claimed(by.name(), claim.lease()));
  }

  /** Also what somebody reviews without a lease can be given back. */
  private static Outcome release(ExceptionCase current, CaseCommand.ReleaseClaim release) {
    var claim = current.claim();
    var holder =
        claim != null
            ? claim.by()
            : current.status() == CaseStatus.UNDER_REVIEW ? current.assignee() : null;
    if (holder == null) {
      return new Accepted(List.of());
    }
    return holder.equals(release.by())
        ? accepted(new CaseEvent.ClaimReleased(holder))
        : Outcome.Refused.because(new Refusal.HeldByAnother(holder, null));
  }

  /** A claim to work on it takes it; a claim to approve leaves it with who proposed. */
  static void claimed(CaseDraft next, long version, CaseEvent.Claimed event) {
    if (next.status != CaseStatus.PENDING_APPROVAL) {
      next.status = CaseStatus.UNDER_REVIEW;
      next.assignee = event.by();
    }
    next.claim = new Claim(event.by(), version, next.status, event.lease());
  }

  static void ended(CaseDraft next) {
    if (next.status == CaseStatus.UNDER_REVIEW) {
      next.status = CaseStatus.OPEN;
      next.assignee = null;
    }
    next.claim = null;
  }

  private static Outcome accepted(CaseEvent event) {
    return new Accepted(List.of(event));
  }
}
