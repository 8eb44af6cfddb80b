package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of all that was handed out of one case, counted from its events alone: whatever was
 * dispatched was delivered, failed, was withdrawn by what happened meanwhile, or is on its way.
 */
final class Dispatched {
  private long requested;
  private long delivered;
  private long failed;
  private long withdrawn;
  private @Nullable DispatchId underway;

  void saw(CaseEvent event) {
    switch (event) {
      case CaseEvent.DispatchRequested e -> {
        withdraw();
        requested++;
        underway = e.dispatch();
      }
      case CaseEvent.DispatchDelivered e -> delivered += ended(e.dispatch());
      case CaseEvent.DispatchDeadLettered e -> failed += ended(e.dispatch());
      case CaseEvent.Resolved e -> withdraw();
      case CaseEvent.Cleared e -> withdraw();
      case CaseEvent.Reopened e -> withdraw();
      case CaseEvent.Assigned e -> withdraw();
      default -> {}
    }
  }

  private int ended(DispatchId dispatch) {
    boolean isIt = dispatch.equals(underway);
    underway = isIt ? null : underway;
    return isIt ? 1 : 0;
  }

  private void withdraw() {
    withdrawn += underway == null ? 0 : 1;
    underway = null;
  }

  /** What does not add up with where the case stands; null when all does. */
  @Nullable String flaw(ExceptionCase state) {
    var pending = state.pending();
    var known = pending == null || pending.deliveredAt() != null ? null : pending.id();
    long there = underway == null ? 0 : 1;
    return requested == delivered + failed + withdrawn + there && Objects.equals(underway, known)
        ? null
        : ("Of %d dispatches, %d were delivered, %d failed, %d were withdrawn and %d is on its way,"
                + " which is not where the exception stands.")
            .formatted(requested, delivered, failed, withdrawn, there);
  }
}
