package dev.signalbox.work;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.Posting;
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
          new Errand.Add(
              new WorkItem(e.dispatch(), e.target(), e.queue(), state, traceParent, null));
      case CaseEvent.DispatchDeadLettered e -> new Errand.Park(id, e.dispatch(), e.reason());
      case CaseEvent.Routed e ->
          switch (e.advice().decision()) {
            case Route route -> null;
            case Unrouted unrouted -> new Errand.ParkCase(state, unrouted.reason());
          };
      case CaseEvent.Cleared e -> new Errand.Cancel(id);
      case CaseEvent.Resolved e -> new Errand.Cancel(id);
      case CaseEvent.Reopened e -> new Errand.Cancel(id);
      // What waits for somebody to be chosen waits for no outside system.
      case CaseEvent.Assigned e -> e.rule() == null ? new Errand.Cancel(id) : null;
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
      case CaseEvent.OfHolds e -> ofHolds(state, e, traceParent);
      case CaseEvent.OfTalk e -> null;
      case CaseEvent.OfQueue e -> null;
      case CaseEvent.DeadLettered e -> new Errand.ParkCase(state, e.reason());
      case CaseEvent.OfTime e -> null;
      case CaseEvent.OfLedger e -> ofLedger(state, e, traceParent);
    };
  }

  private static @Nullable Errand ofLedger(
      ExceptionCase state, CaseEvent.OfLedger event, @Nullable String traceParent) {
    return switch (event) {
      case CaseEvent.PostingRequested e -> post(state, e.posting(), traceParent);
      case CaseEvent.PostingRetried e ->
          state.bookkeeping() == null
              ? null
              : post(state, state.bookkeeping().posting(), traceParent);
      case CaseEvent.PostingStuck e -> new Errand.Park(state.id(), e.posting(), e.reason());
      case CaseEvent.HoldNotTaken e -> null;
      case CaseEvent.PostingDrafted e -> null;
      case CaseEvent.LedgerPosted e -> null;
      case CaseEvent.PostingRefused e -> null;
    };
  }

  private static Errand post(ExceptionCase state, Posting posting, @Nullable String traceParent) {
    return ordered(posting.id(), new LedgerOrder.Post(posting), state, traceParent);
  }

  private static Errand ofHolds(
      ExceptionCase state, CaseEvent.OfHolds event, @Nullable String traceParent) {
    return switch (event) {
      case CaseEvent.HoldPlaced e ->
          ordered(
              DispatchId.ofHold(e.hold(), false),
              new LedgerOrder.Hold(e.hold(), e.scope()),
              state,
              traceParent);
      case CaseEvent.HoldReleased e ->
          ordered(
              DispatchId.ofHold(e.hold(), true),
              new LedgerOrder.Release(e.hold()),
              state,
              traceParent);
    };
  }

  private static Errand ordered(
      DispatchId id, LedgerOrder order, ExceptionCase state, @Nullable String traceParent) {
    return new Errand.Add(new WorkItem(id, LedgerOrder.LEDGER, null, state, traceParent, order));
  }
}
