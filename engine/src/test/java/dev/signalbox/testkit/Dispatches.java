package dev.signalbox.testkit;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dispatches for tests, as the desk would have made them; each method gives a changed copy. */
public record Dispatches(
    ExceptionReport report,
    TargetName target,
    DispatchId id,
    Severity severity,
    int attempt,
    boolean afterUnknown,
    @Nullable String traceParent,
    @Nullable LedgerOrder order) {
  public static final Instant REQUESTED = Instant.parse("2026-03-02T10:00:00Z");

  /** The first attempt to hand a critical exception over. */
  public static Dispatches of(ExceptionReport report, String target) {
    return new Dispatches(
        report,
        new TargetName(target),
        DispatchId.parse("0190a5c6-1f7e-8c31-9d53-6a0f1f2e3d4c"),
        Severity.CRITICAL,
        1,
        false,
        null,
        null);
  }

  /** What the ledger shall do instead of taking the exception. */
  public Dispatches ordering(LedgerOrder newOrder) {
    return new Dispatches(
        report, target, id, severity, attempt, afterUnknown, traceParent, newOrder);
  }

  public Dispatches withId(String newId) {
    return new Dispatches(
        report,
        target,
        DispatchId.parse(newId),
        severity,
        attempt,
        afterUnknown,
        traceParent,
        order);
  }

  public Dispatches graded(Severity newSeverity) {
    return new Dispatches(
        report, target, id, newSeverity, attempt, afterUnknown, traceParent, order);
  }

  public Dispatches attempt(int newAttempt) {
    return new Dispatches(
        report, target, id, severity, newAttempt, afterUnknown, traceParent, order);
  }

  public Dispatches afterUnknownOutcome() {
    return new Dispatches(report, target, id, severity, attempt + 1, true, traceParent, order);
  }

  public Dispatches under(String newTraceParent) {
    return new Dispatches(
        report, target, id, severity, attempt, afterUnknown, newTraceParent, order);
  }

  public Dispatch build() {
    return new Dispatch(id, target, null, exception(), attempt, afterUnknown, traceParent, order);
  }

  private ExceptionCase exception() {
    var opened =
        new CaseEvent.Opened(report, report.contentHash(), report.substanceHash(), REQUESTED);
    return ExceptionCase.from(opened, REQUESTED)
        .after(
            new CaseEvent.Classified(
                advice(new SeverityDecision(severity, Duration.ofHours(24), null))),
            REQUESTED)
        .after(new CaseEvent.Routed(advice(route())), REQUESTED)
        .after(new CaseEvent.DispatchRequested(id, target, null), REQUESTED);
  }

  private RoutingDecision route() {
    return new Route(new QueueName("senior"), Lane.IMMEDIATE, target, null, false, List.of("SOX"));
  }

  private static <D extends dev.signalbox.exceptions.Decision> Advice<D> advice(D decision) {
    return new Advice<>(
        new Sha256("0".repeat(64)),
        REQUESTED,
        decision,
        List.of(new FiredRule("severity-critical", "The amount is large.")),
        List.of());
  }
}
