package dev.signalbox.desk;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.signals.LogScope;
import dev.signalbox.signals.Signals;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what a batch did, once it is on disk. */
final class Telling {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Signals signals;

  Telling(Signals signals) {
    this.signals = signals;
  }

  void batch(List<Request> requests, List<Receipt> receipts, List<Dossier> changed, Duration took) {
    receipts(requests, receipts);
    if (LOG.isInfoEnabled()) {
      for (int i = 0; i < receipts.size(); i++) {
        log(requests.get(i), receipts.get(i));
      }
    }
    int events = 0;
    for (var dossier : changed) {
      events += dossier.entries().size();
      for (var entry : dossier.entries()) {
        event(entry.event(), dossier.state());
      }
    }
    if (events > 0) {
      signals.appended(events);
      signals.committed(changed.size(), took);
    }
  }

  private void receipts(List<Request> requests, List<Receipt> receipts) {
    var reported = new EnumMap<Effect, Long>(Effect.class);
    for (int i = 0; i < receipts.size(); i++) {
      boolean report = requests.get(i).ask() instanceof Ask.Report;
      switch (receipts.get(i)) {
        case Receipt.Done done -> {
          if (report) {
            reported.merge(done.effect(), 1L, Long::sum);
          }
        }
        case Receipt.Refused refused -> signals.refused(refused.refusal().code());
        case Receipt.HeldBack held -> signals.reported("held_back", 1);
        case Receipt.LeaseLost lost -> signals.refused("LEASE_LOST");
      }
    }
    reported.forEach((effect, count) -> signals.reported(effect.word(), count));
  }

  /** Ids, codes and names of events only: a log holds no personal data. */
  private static void log(Request request, Receipt receipt) {
    try (var _ = LogScope.of(request.traceParent(), request.id())) {
      switch (receipt) {
        case Receipt.Done done ->
            LOG.info(
                "{} by {}: {}",
                done.effect(),
                request.actor().getClass().getSimpleName(),
                done.events().stream().map(event -> event.getClass().getSimpleName()).toList());
        case Receipt.Refused refused -> LOG.info("REFUSED: {}", refused.refusal().code());
        case Receipt.HeldBack held -> LOG.info("HELD_BACK as {}", held.deadLetter());
        case Receipt.LeaseLost lost -> LOG.info("LEASE_LOST");
      }
    }
  }

  private void event(CaseEvent event, @Nullable ExceptionCase state) {
    switch (event) {
      case CaseEvent.Classified e -> signals.classified(e.advice().decision().severity().name());
      case CaseEvent.Reclassified e -> signals.classified(e.advice().decision().severity().name());
      case CaseEvent.Routed e -> {
        switch (e.advice().decision()) {
          case Route route -> signals.routed(route.queue().value(), route.lane().name());
          case Unrouted unrouted -> signals.routed("none", "none");
        }
      }
      case CaseEvent.MarkedOverdue e -> signals.overdue(e.what().name(), severity(state));
      case CaseEvent.CallbackReceived e ->
          signals.answered(e.callback().system(), e.callback().verdict().name());
      case CaseEvent.CallbackIgnored e -> signals.answered(e.callback().system(), "IGNORED");
      case CaseEvent.Opened e -> {}
      case CaseEvent.Redetected e -> {}
      case CaseEvent.ConflictingReport e -> {}
      case CaseEvent.Recurred e -> {}
      case CaseEvent.Cleared e -> {}
      case CaseEvent.DispatchRequested e -> {}
      case CaseEvent.DispatchDelivered e -> {}
      case CaseEvent.DispatchDeadLettered e -> {}
      case CaseEvent.Resolved e -> {}
      case CaseEvent.Reopened e -> {}
      case CaseEvent.Assigned e -> {}
      case CaseEvent.Redriven e -> {}
    }
  }

  private static String severity(@Nullable ExceptionCase state) {
    return state == null || state.classification() == null
        ? "none"
        : state.classification().severity().name();
  }
}
