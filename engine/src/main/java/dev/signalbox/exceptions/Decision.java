package dev.signalbox.exceptions;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a ruleset said at one decision point. */
public sealed interface Decision {

  /**
   * How grave the exception is, and how long it may take.
   *
   * @param sla from classification to the due time
   * @param redecideAt when the next age threshold of the ruleset is reached; null when none is left
   * @param materiality the amount in the ruleset's reporting currency, without its sign; null where
   *     nobody knows it
   * @param calendarDue the due time where a calendar says which hours count; null where all do
   */
  record SeverityDecision(
      Severity severity,
      Duration sla,
      @Nullable Instant redecideAt,
      @Nullable BigDecimal materiality,
      @Nullable Instant calendarDue)
      implements Decision {

    /** Of an amount that nobody knows, around the clock. */
    public SeverityDecision(Severity severity, Duration sla, @Nullable Instant redecideAt) {
      this(severity, sla, redecideAt, null, null);
    }

    /** Until when the exception must be resolved that was classified at an instant. */
    public Instant dueAt(Instant asOf) {
      return calendarDue == null ? asOf.plus(sla) : calendarDue;
    }
  }

  /** Where the exception goes, or that no rule says so. */
  sealed interface RoutingDecision extends Decision {}

  /**
   * A route.
   *
   * @param target the outside system to hand it to at once; null for people
   * @param requiredRole the role a reviewer must have, beside the queue's
   * @param exclusiveLock one reviewer at a time, refused to all others
   * @param flags regulatory and other marks for the reviewers, e.g. {@code SOX}
   * @param skill what a reviewer must know; null for nothing beyond the queue
   * @param assign how somebody is chosen for it at once; null to leave it on the queue
   */
  record Route(
      QueueName queue,
      Lane lane,
      @Nullable TargetName target,
      @Nullable String requiredRole,
      boolean exclusiveLock,
      List<String> flags,
      @Nullable String skill,
      @Nullable AssignmentRule assign)
      implements RoutingDecision {
    public Route {
      flags = List.copyOf(flags);
    }

    /** For whoever works on the queue. */
    public Route(
        QueueName queue,
        Lane lane,
        @Nullable TargetName target,
        @Nullable String requiredRole,
        boolean exclusiveLock,
        List<String> flags) {
      this(queue, lane, target, requiredRole, exclusiveLock, flags, null, null);
    }

    /** The same on another queue, for people. */
    Route at(QueueName other) {
      return new Route(other, lane, target, requiredRole, exclusiveLock, flags, skill, assign);
    }
  }

  /** No rule of the ruleset routes the exception, or the ruleset failed on it. */
  record Unrouted(String reason) implements RoutingDecision {}

  /** Whether rules settle the exception by themselves. */
  sealed interface ResolutionDecision extends Decision {}

  /** Rules settle the exception, if the rules on approvals let them. */
  record Settled(Resolution resolution) implements ResolutionDecision {}

  /** It is left to people. */
  record LeftToPeople() implements ResolutionDecision {}

  /**
   * What becomes of a resolution that inference proposes.
   *
   * @param causes why, a sentence each; never empty
   */
  record GateDecision(Verdict verdict, List<String> causes) implements Decision {

    /** Declared from the most to the least lenient. */
    public enum Verdict {
      /** It may take effect, as far as approvals go. */
      ACCEPT,
      /** A person looks at it. */
      REVIEW,
      /** It is put away. */
      REJECT;

      public boolean isStricterThan(Verdict other) {
        return compareTo(other) > 0;
      }
    }

    public GateDecision {
      causes = List.copyOf(causes);
    }
  }

  /**
   * Who must countersign a resolution before it takes effect.
   *
   * @param needed one for each role; empty when nobody must
   */
  record ApprovalDecision(List<Approval> needed) implements Decision {
    public ApprovalDecision {
      needed = needed.stream().sorted(Comparator.comparing(Approval::role)).toList();
    }

    /** A countersignature by somebody of a role, and why it is needed. */
    public record Approval(String role, String why) {}
  }

  /**
   * What happens to an exception that nobody takes care of.
   *
   * @param chain in the order of time; never empty
   * @param at when each step happens; empty until that is known
   */
  record FallbackDecision(List<FallbackStep> chain, List<Instant> at) implements Decision {

    /**
     * @throws IllegalArgumentException unless the steps ascend in time, and nothing follows a dead
     *     letter
     */
    public FallbackDecision {
      chain = List.copyOf(chain);
      at = List.copyOf(at);
      FallbackStep.check(chain);
      if (!at.isEmpty() && at.size() != chain.size()) {
        throw new IllegalArgumentException("Each step of a fallback chain happens at an instant.");
      }
    }

    /** As rules say it. */
    public FallbackDecision(List<FallbackStep> chain) {
      this(chain, List.of());
    }

    /** The same, with the instants. */
    public FallbackDecision happening(List<Instant> instants) {
      return new FallbackDecision(chain, instants);
    }
  }
}
