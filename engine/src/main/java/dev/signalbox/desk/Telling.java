package dev.signalbox.desk;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.rules.hits.RuleHits;
import dev.signalbox.signals.LogScope;
import dev.signalbox.signals.Signals;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what a batch did, once it is on disk. */
final class Telling {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Signals signals;
  private final StormGuard guard;
  private final RuleHits hits;
  private final StormAlerts storms = new StormAlerts();

  Telling(Signals signals, StormGuard guard, RuleHits hits) {
    this.signals = signals;
    this.guard = guard;
    this.hits = hits;
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
        event(entry, dossier.state());
      }
    }
    if (events > 0) {
      signals.appended(events);
      signals.committed(changed.size(), took);
    }
  }

  /** What nobody could be chosen for. */
  void leftOver(List<AssignmentRule> rules) {
    rules.forEach(rule -> signals.assigned(rule.word(), "nobody"));
  }

  private void receipts(List<Request> requests, List<Receipt> receipts) {
    var reported = new HashMap<String, Long>();
    for (int i = 0; i < receipts.size(); i++) {
      var receipt = receipts.get(i);
      if (isReport(requests.get(i).ask())) {
        reported.merge(outcome(receipt), 1L, Long::sum);
      }
      switch (receipt) {
        case Receipt.Refused refused -> signals.refused(refused.refusal().code());
        case Receipt.LeaseLost lost -> signals.refused("LEASE_LOST");
        case Receipt.HeldBack held -> {
          signals.refused("HELD_BACK");
          heldBack(requests.get(i));
        }
        case Receipt.Done done -> {}
      }
    }
    reported.forEach(signals::reported);
  }

  private void heldBack(Request request) {
    if (request.ask() instanceof Ask.Report report) {
      var source = StormTallyTable.Source.of(report.report());
      var cap = guard.capOf(source);
      if (storms.isNews(source, cap.window(), report.receivedAt())) {
        signals.storm(source.context());
        try (var _ = LogScope.of(request.traceParent(), request.id())) {
          LOG.warn(
              "The storm guard holds back what {} reports in {}: more than {} new exceptions in {}.",
              source.name(),
              source.context(),
              cap.opened(),
              cap.window());
        }
      }
    }
  }

  private static boolean isReport(Ask ask) {
    return ask instanceof Ask.Report
        || (ask instanceof Ask.Say say && say.command() instanceof CaseCommand.Clear);
  }

  private static String outcome(Receipt receipt) {
    return switch (receipt) {
      // The answer that was given before under the same key: nothing happened.
      case Receipt.Done(var _, var events, Effect effect)
          when events.isEmpty() && effect != Effect.DUPLICATE && effect != Effect.UNCHANGED ->
          "repeated";
      case Receipt.Done done -> done.effect().word();
      case Receipt.HeldBack held -> "held_back";
      case Receipt.Refused(Refusal.Conflict conflict, var _) -> "conflict";
      case Receipt.Refused refused -> "refused";
      case Receipt.LeaseLost lost -> "refused";
    };
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

  private void event(JournalEntry entry, @Nullable ExceptionCase state) {
    switch (entry.event()) {
      case CaseEvent.Classified e -> {
        advice("classify", e.advice(), entry);
        signals.classified(e.advice().decision().severity().name());
      }
      case CaseEvent.Reclassified e -> {
        advice("classify", e.advice(), entry);
        signals.classified(e.advice().decision().severity().name());
      }
      case CaseEvent.Routed e -> {
        advice("route", e.advice(), entry);
        if (e.fallback() != null) {
          advice("escalate", e.fallback(), entry);
        }
        switch (e.advice().decision()) {
          case Route route -> signals.routed(route.queue().value(), route.lane().name());
          case Unrouted unrouted -> signals.routed("none", "none");
        }
      }
      case CaseEvent.MarkedOverdue e -> signals.overdue(e.what().name(), severity(state));
      case CaseEvent.CallbackReceived e ->
          signals.answered(from(entry.actor()), e.callback().verdict().name());
      case CaseEvent.CallbackIgnored e -> signals.answered(from(entry.actor()), "IGNORED");
      case CaseEvent.Opened e -> {}
      case CaseEvent.Redetected e -> {}
      case CaseEvent.ConflictingReport e -> {}
      case CaseEvent.Recurred e -> {}
      case CaseEvent.Cleared e -> signals.resolved(ResolutionKind.AUTO_CLEARED.name());
      case CaseEvent.DispatchRequested e -> {}
      case CaseEvent.DispatchDelivered e -> {}
      case CaseEvent.DispatchDeadLettered e -> {}
      case CaseEvent.Resolved e -> signals.resolved(e.resolution().kind().name());
      case CaseEvent.ResolutionProposed e -> advice("resolve", e.advice(), entry);
      case CaseEvent.ResolutionApproved e -> advice("approve", e.advice(), entry);
      case CaseEvent.Reopened e -> {}
      case CaseEvent.Assigned e when e.rule() != null -> signals.assigned(e.rule().word(), "given");
      case CaseEvent.Assigned e -> {}
      case CaseEvent.Redriven e -> {}
      case CaseEvent.ApprovalsDecided e -> advice("approve", e.advice(), entry);
      case CaseEvent.Escalated e when e.dueAt() != null ->
          signals.fellBack("REASSIGN", severity(state));
      case CaseEvent.Reminded e -> signals.fellBack("REMIND", severity(state));
      case CaseEvent.DeadLettered e -> {
        signals.fellBack("DEAD_LETTER", severity(state));
        try (var _ = LogScope.of(null, entry.caseId())) {
          LOG.warn(
              "Nobody settled it: it is a dead letter of {}, and the ledger holds it.",
              e.to().value());
        }
      }
      case CaseEvent.OfPeople e -> {}
      case CaseEvent.OfTime e -> {}
      case CaseEvent.OfHolds e -> {}
      case CaseEvent.OfTalk e -> {}
      case CaseEvent.OfQueue e -> {}
      case CaseEvent.OfLedger e -> {}
    }
  }

  /** The notes of an advice begin with a word for their kind: {@code AMBIGUOUS: …}. */
  private void advice(String point, Advice<? extends Decision> advice, JournalEntry entry) {
    hits.count(advice, entry.at());
    for (var note : advice.conflicts()) {
      int colon = note.indexOf(':');
      signals.noted(point, colon > 0 ? note.substring(0, colon) : "OTHER");
    }
  }

  /** What a caller calls its system may be anything; targets are few. */
  private static String from(Actor actor) {
    return switch (actor) {
      case Actor.Adapter adapter -> adapter.name();
      case Actor.Person person -> "api";
      case Actor.Component component -> "api";
    };
  }

  private static String severity(@Nullable ExceptionCase state) {
    return state == null || state.classification() == null
        ? "none"
        : state.classification().severity().name();
  }
}
