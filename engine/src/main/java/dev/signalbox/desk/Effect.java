package dev.signalbox.desk;

import dev.signalbox.exceptions.CaseEvent;
import java.util.List;
import java.util.Locale;

/** What a request that was accepted did. */
public enum Effect {
  RECORDED,
  DUPLICATE,
  REDETECTED,
  RECURRED,
  CLEARED,
  CHANGED,
  UNCHANGED;

  /** The word for it in answers and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Effect of(Ask ask, List<CaseEvent> events) {
    if (events.isEmpty()) {
      return ask instanceof Ask.Report ? DUPLICATE : UNCHANGED;
    }
    return switch (events.getFirst()) {
      case CaseEvent.Opened e -> RECORDED;
      case CaseEvent.Redetected e -> REDETECTED;
      case CaseEvent.Recurred e -> RECURRED;
      case CaseEvent.Cleared e -> CLEARED;
      case CaseEvent.Classified e -> CHANGED;
      case CaseEvent.Routed e -> CHANGED;
      case CaseEvent.Reclassified e -> CHANGED;
      case CaseEvent.ConflictingReport e -> CHANGED;
      case CaseEvent.DispatchRequested e -> CHANGED;
      case CaseEvent.DispatchDelivered e -> CHANGED;
      case CaseEvent.DispatchDeadLettered e -> CHANGED;
      case CaseEvent.CallbackReceived e -> CHANGED;
      case CaseEvent.CallbackIgnored e -> CHANGED;
      case CaseEvent.ResolutionProposed e -> CHANGED;
      case CaseEvent.ResolutionApproved e -> CHANGED;
      case CaseEvent.Resolved e -> CHANGED;
      case CaseEvent.Reopened e -> CHANGED;
      case CaseEvent.Assigned e -> CHANGED;
      case CaseEvent.MarkedOverdue e -> CHANGED;
      case CaseEvent.Redriven e -> CHANGED;
      case CaseEvent.OfPeople e -> CHANGED;
      case CaseEvent.OfHolds e -> CHANGED;
      case CaseEvent.OfTalk e -> CHANGED;
      case CaseEvent.OfQueue e -> CHANGED;
      case CaseEvent.OfTime e -> CHANGED;
      case CaseEvent.OfLedger e -> CHANGED;
    };
  }
}
