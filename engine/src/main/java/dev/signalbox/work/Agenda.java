package dev.signalbox.work;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.ExceptionCase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which work follows from which event: the one place to look why a ticket was created. */
public final class Agenda {

  private Agenda() {}

  /**
   * What follows from events that happened together.
   *
   * @param state the case after them
   * @param traceParent the trace it belongs to
   */
  public static List<Errand> after(
      ExceptionCase state, List<CaseEvent> events, @Nullable String traceParent) {
    var errands = new ArrayList<Errand>();
    for (var event : events) {
      var errand = after(state, event, traceParent);
      if (errand != null) {
        errands.add(errand);
      }
    }
    return errands;
  }

  private static @Nullable Errand after(
      ExceptionCase state, CaseEvent event, @Nullable String traceParent) {
    CaseId id = state.id();
    return switch (event) {
      case CaseEvent.DispatchRequested e ->
          new Errand.Add(new WorkItem(e.dispatch(), e.target(), e.queue(), state, traceParent));
      case CaseEvent.DispatchDeadLettered e -> new Errand.Park(id, e.dispatch(), e.reason());
      case CaseEvent.Routed e ->
          switch (e.advice().decision()) {
            case Route route -> null;
            case Unrouted unrouted -> new Errand.ParkCase(state, unrouted.reason());
          };
      case CaseEvent.Cleared e -> new Errand.Cancel(id);
      case CaseEvent.Resolved e -> new Errand.Cancel(id);
      case CaseEvent.Reopened e -> new Errand.Cancel(id);
      case CaseEvent.Assigned e -> new Errand.Cancel(id);
      case CaseEvent.Redriven e -> new Errand.Unpark(id);
      case CaseEvent.ResolutionProposed e -> null;
      case CaseEvent.ResolutionApproved e -> null;
      case CaseEvent.Opened e -> null;
      case CaseEvent.Classified e -> null;
      case CaseEvent.Reclassified e -> null;
      case CaseEvent.Redetected e -> null;
      case CaseEvent.ConflictingReport e -> null;
      case CaseEvent.Recurred e -> null;
      case CaseEvent.DispatchDelivered e -> null;
      case CaseEvent.CallbackReceived e -> null;
      case CaseEvent.CallbackIgnored e -> null;
      case CaseEvent.MarkedOverdue e -> null;
      case CaseEvent.OfPeople e -> null;
      case CaseEvent.OfHolds e -> null;
      case CaseEvent.OfTalk e -> null;
      case CaseEvent.OfQueue e -> null;
      case CaseEvent.DeadLettered e -> new Errand.ParkCase(state, e.reason());
      case CaseEvent.OfTime e -> null;
    };
  }
}
