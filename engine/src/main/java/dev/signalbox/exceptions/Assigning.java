package dev.signalbox.exceptions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** When somebody is chosen for a case, as its route says, and who can be. Pure. */
public final class Assigning {
  private Assigning() {}

  /**
   * How somebody is to be chosen for a case; null when nobody is. It waits for people since
   * something brought it to its queue: a route, a level, an outside system that is done with it.
   * What a person put on the queue, or gave back, stays there for whoever asks.
   *
   * @param events what just happened to it
   */
  public static @Nullable AssignmentRule wanted(ExceptionCase state, List<CaseEvent> events) {
    var route = state.route();
    return route != null
            && route.assign() != null
            && (state.status() == CaseStatus.OPEN || state.status() == CaseStatus.ESCALATED)
            && state.standing().pause() == null
            && brings(events)
        ? route.assign()
        : null;
  }

  private static boolean brings(List<CaseEvent> events) {
    boolean brings = false;
    for (var event : events) {
      brings =
          switch (event) {
            case CaseEvent.Routed e -> true;
            case CaseEvent.Escalated e -> true;
            case CaseEvent.Reopened e -> true;
            case CaseEvent.DispatchDeadLettered e -> true;
            case CaseEvent.Unassigned e -> false;
            case CaseEvent.ClaimReleased e -> false;
            case CaseEvent.ClaimExpired e -> false;
            default -> brings;
          };
    }
    return brings;
  }

  /** Whether somebody may see a case, and may take it on. */
  public static boolean fits(ExceptionCase state, Reviewer by, Sight sight) {
    return sight.reaches(state) && Work.cannotTake(state, by) == null;
  }
}
