package dev.signalbox.exceptions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a ruleset said at one decision point. */
public sealed interface Decision {

  /**
   * How grave the exception is, and how long it may take.
   *
   * @param sla from classification to the due time
   * @param redecideAt when the next age threshold of the ruleset is reached; null when none is left
   */
  record SeverityDecision(Severity severity, Duration sla, @Nullable Instant redecideAt)
      implements Decision {}

  /** Where the exception goes, or that no rule says so. */
  sealed interface RoutingDecision extends Decision {}

  /**
   * A route.
   *
   * @param target the outside system to hand it to at once; null for people
   * @param requiredRole the role a reviewer must have, beside the queue's
   * @param exclusiveLock one reviewer at a time, refused to all others
   * @param flags regulatory and other marks for the reviewers, e.g. {@code SOX}
   */
  record Route(
      QueueName queue,
      Lane lane,
      @Nullable TargetName target,
      @Nullable String requiredRole,
      boolean exclusiveLock,
      List<String> flags)
      implements RoutingDecision {
    public Route {
      flags = List.copyOf(flags);
    }
  }

  /** No rule of the ruleset routes the exception, or the ruleset failed on it. */
  record Unrouted(String reason) implements RoutingDecision {}
}
