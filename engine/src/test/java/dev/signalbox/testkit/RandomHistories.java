package dev.signalbox.testkit;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.Bookkeeping;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.FallbackStep;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.Lifecycle;
import dev.signalbox.exceptions.Outcome;
import dev.signalbox.exceptions.Overdue;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Settlement;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Legal histories: whatever the lifecycle makes of commands that come in any order. */
public final class RandomHistories {
  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final List<Actor> ACTORS =
      List.of(
          new Actor.Person("bank-a"), new Actor.Component("deadlines"), new Actor.Adapter("jira"));

  private final Random random;
  private final RandomReports reports;
  private final RandomWork work;
  private final RandomTalk talk;

  public RandomHistories(Random random) {
    this.random = random;
    this.reports = new RandomReports(random);
    this.work = new RandomWork(random, reports);
    this.talk = new RandomTalk(random, reports);
  }

  /** An event with what stands beside it in the journal, and the case after it. */
  public record Step(
      CaseEvent event, Actor actor, Instant at, @Nullable String traceId, ExceptionCase after) {}

  /**
   * A history.
   *
   * @param last the report that its state is about
   */
  public record History(CaseId id, List<Step> steps, ExceptionReport last) {
    public ExceptionCase state() {
      return steps.getLast().after();
    }
  }

  /** A history of so many commands, of which some are refused and some change nothing. */
  public History history(int commands) {
    var last = reports.report();
    var id = last.caseId();
    var steps = new ArrayList<Step>();
    var now = START;
    follow(steps, Lifecycle.decide(id, null, open(last, now), now), now);
    for (int i = 1; i < commands; i++) {
      var state = steps.getLast().after();
      now = later(now, state);
      var command = command(state, last, now);
      follow(steps, Lifecycle.decide(id, state, command, now), now);
      if (command instanceof CaseCommand.ReportAgain again
          && steps.getLast().after().contentHash().equals(again.report().contentHash())) {
        last = again.report();
      }
    }
    return new History(id, List.copyOf(steps), last);
  }

  /** Soon after, or just when the next timer is due. */
  private Instant later(Instant now, ExceptionCase state) {
    var timer = state.nextTimer();
    return timer != null && timer.at().isAfter(now) && random.nextInt(4) == 0
        ? timer.at()
        : now.plusNanos(1_000L * random.nextInt(2_000_000_000));
  }

  /** Any command, whether the case takes it or not. */
  public CaseCommand command(ExceptionCase state, ExceptionReport last, Instant now) {
    return switch (kind(state, now)) {
      case OPEN -> open(last, now);
      case REPORT_AGAIN ->
          new CaseCommand.ReportAgain(
              again(last), now, assessment(now), reports.orNull(() -> settlement(now)));
      case CLEAR -> new CaseCommand.Clear(reports.orNull(reports::text));
      case DISPATCH -> new CaseCommand.RequestDispatch(target(), reports.orNull(this::queue), null);
      case RECORD_DELIVERY ->
          new CaseCommand.RecordDelivery(
              pending(state),
              reports.orNull(() -> "REC-" + random.nextInt(3)),
              reports.orNull(() -> now.plusSeconds(random.nextInt(900_000))));
      case RECORD_DELIVERY_FAILURE ->
          new CaseCommand.RecordDeliveryFailure(pending(state), "It said 400.");
      case CALLBACK -> new CaseCommand.AcceptCallback(callback());
      case RECLASSIFY -> new CaseCommand.Reclassify(assessment(now));
      case MARK_OVERDUE -> new CaseCommand.MarkOverdue(reports.oneOf(List.of(Overdue.values())));
      case REDRIVE -> new CaseCommand.Redrive(reports.orNull(reports::text), assessment(now));
      case ASSIGN -> work.assign();
      case UNASSIGN -> new CaseCommand.Unassign();
      case START_REVIEW -> work.startReview();
      case PROPOSE_RESOLUTION -> work.propose(state, now);
      case APPROVE_RESOLUTION -> work.approve();
      case REJECT_RESOLUTION -> work.reject();
      case ESCALATE -> work.escalate();
      case PLACE_HOLD -> work.placeHold();
      case RELEASE_HOLD -> work.releaseHold(state);
      case COMMENT -> talk.comment(state);
      case DISPUTE -> talk.dispute(state);
      case CLAIM -> work.claim();
      case RELEASE_CLAIM -> work.release(state);
      case EXPIRE_CLAIM ->
          new CaseCommand.ExpireClaim(state.claim() == null ? 0 : state.claim().fence());
      case REMIND -> new CaseCommand.Remind();
      case REASSIGN -> new CaseCommand.Reassign();
      case DEAD_LETTER -> new CaseCommand.DeadLetter();
      case SNOOZE -> work.snooze(now);
      case WAKE -> work.wake();
      case RECORD_POSTING ->
          new CaseCommand.RecordPosting(posting(state), "B-" + random.nextInt(9));
      case RECORD_POSTING_REFUSAL ->
          new CaseCommand.RecordPostingRefusal(posting(state), "The period is closed.");
      case RECORD_POSTING_FAILURE ->
          new CaseCommand.RecordPostingFailure(posting(state), "It said 503.");
      case RECORD_HOLD_PROBLEM ->
          new CaseCommand.RecordHoldProblem(
              new HoldId(new UUID(1, 2)), random.nextBoolean(), "It said 400.");
      case RETRY_POSTING -> new CaseCommand.RetryPosting(posting(state));
    };
  }

  /** Any; more often one that gets on with what was begun, or that would be rare. */
  private CaseCommand.Kind kind(ExceptionCase state, Instant now) {
    var next = state.nextStep();
    if (next != null && !next.at().isAfter(now) && random.nextInt(3) == 0) {
      return switch (next.step()) {
        case FallbackStep.Remind remind -> CaseCommand.Kind.REMIND;
        case FallbackStep.Reassign reassign -> CaseCommand.Kind.REASSIGN;
        case FallbackStep.DeadLetter letter -> CaseCommand.Kind.DEAD_LETTER;
      };
    }
    if (state.isBeingPosted() && random.nextInt(4) > 0) {
      var books = state.bookkeeping();
      return books != null && books.stage() == Bookkeeping.Stage.STUCK
          ? CaseCommand.Kind.RETRY_POSTING
          : reports.oneOf(LEDGER);
    }
    if (state.assignee() != null
        && state.status() != CaseStatus.PENDING_APPROVAL
        && random.nextInt(3) == 0) {
      return CaseCommand.Kind.PROPOSE_RESOLUTION;
    }
    if (state.status() == CaseStatus.PENDING_APPROVAL && random.nextInt(3) == 0) {
      return random.nextInt(4) == 0
          ? CaseCommand.Kind.REJECT_RESOLUTION
          : CaseCommand.Kind.APPROVE_RESOLUTION;
    }
    return !state.talk().disputes().isEmpty() && random.nextInt(8) == 0
        ? CaseCommand.Kind.DISPUTE
        : reports.oneOf(
            random.nextBoolean()
                ? Lifecycle.allowedAt(state.status()).stream().sorted().toList()
                : List.of(CaseCommand.Kind.values()));
  }

  /** Advice of rules that nobody wrote. */
  public Assessment assessment(Instant now) {
    return new Assessment(
        advice(
            now,
            new SeverityDecision(
                reports.oneOf(List.of(Severity.values())),
                Duration.ofHours(1 + random.nextInt(200)),
                reports.orNull(() -> now.plusSeconds(1 + random.nextInt(400_000))),
                reports.orNull(() -> BigDecimal.valueOf(random.nextInt(9_000_000), 2)),
                reports.orNull(() -> now.plusSeconds(random.nextInt(900_000))))),
        advice(now, routing()),
        random.nextInt(3) == 0 ? null : advice(now, chain(now)));
  }

  private FallbackDecision chain(Instant now) {
    var steps = new ArrayList<FallbackStep>();
    steps.add(new FallbackStep.Remind(Duration.ofSeconds(1 + random.nextInt(3_000))));
    if (random.nextBoolean()) {
      steps.add(new FallbackStep.Reassign(Duration.ofHours(1), queue()));
    }
    if (random.nextInt(4) == 0) {
      steps.add(new FallbackStep.DeadLetter(Duration.ofHours(2), queue()));
    }
    return new FallbackDecision(steps)
        .happening(steps.stream().map(step -> now.plus(step.after())).toList());
  }

  private CaseCommand open(ExceptionReport report, Instant now) {
    return new CaseCommand.Open(
        report, now, assessment(now), random.nextInt(6) == 0 ? settlement(now) : null);
  }

  private Settlement settlement(Instant now) {
    var resolution =
        random.nextBoolean()
            ? new Resolution.AutoMatch("L-" + random.nextInt(9))
            : new Resolution.KnownDifference(
                reports.text(), reports.orNull(() -> now.plusSeconds(random.nextInt(4_000))));
    return random.nextInt(3) == 0
        ? Settlements.of(resolution, now, new Approval("SENIOR", "It is large."))
        : Settlements.of(resolution, now);
  }

  private ExceptionReport again(ExceptionReport last) {
    return switch (random.nextInt(4)) {
      case 0 -> last;
      case 1 -> reports.conflicting(last);
      default -> reports.again(last);
    };
  }

  private RoutingDecision routing() {
    return random.nextInt(5) == 0
        ? new Unrouted("No rule routes it.")
        : new Route(
            queue(),
            reports.oneOf(List.of(Lane.values())),
            reports.orNull(this::target),
            reports.orNull(() -> "senior"),
            random.nextBoolean(),
            random.nextBoolean() ? List.of() : List.of("SOX", "AML"),
            random.nextInt(9) == 0 ? "fx" : null,
            reports.orNull(() -> reports.oneOf(List.of(AssignmentRule.values()))));
  }

  private <D extends Decision> Advice<D> advice(Instant now, D decision) {
    return new Advice<>(
        new Sha256("%02x".formatted(random.nextInt(256)).repeat(32)),
        now,
        decision,
        List.of(new FiredRule("rule-" + random.nextInt(9), reports.text())),
        random.nextInt(5) == 0 ? List.of("two rules disagreed") : List.of());
  }

  private Callback callback() {
    var verdict = reports.oneOf(List.of(Callback.Verdict.values()));
    return new Callback(
        "JIRA",
        reports.orNull(() -> "REC-" + random.nextInt(3)),
        verdict,
        reports.text(),
        reports.orNull(reports::text),
        verdict == Callback.Verdict.ASSIGNED ? reports.text() : reports.orNull(reports::text),
        reports.orNull(reports::instant));
  }

  private QueueName queue() {
    return new QueueName(reports.oneOf(List.of("junior", "senior", "compliance")));
  }

  private TargetName target() {
    return new TargetName(reports.oneOf(List.of("jira", "webhook")));
  }

  /** The dispatch that is pending; now and then another one. */
  private DispatchId pending(ExceptionCase state) {
    return state.pending() == null || random.nextInt(6) == 0
        ? new DispatchId(new UUID(random.nextLong(), random.nextLong()))
        : state.pending().id();
  }

  private static final List<CaseCommand.Kind> LEDGER =
      List.of(
          CaseCommand.Kind.RECORD_POSTING,
          CaseCommand.Kind.RECORD_POSTING_REFUSAL,
          CaseCommand.Kind.RECORD_POSTING_FAILURE,
          CaseCommand.Kind.RETRY_POSTING);

  /** The posting that is under way; now and then another one. */
  private DispatchId posting(ExceptionCase state) {
    return state.bookkeeping() == null || random.nextInt(6) == 0
        ? new DispatchId(new UUID(random.nextLong(), random.nextLong()))
        : state.bookkeeping().posting().id();
  }

  private void follow(List<Step> steps, Outcome outcome, Instant now) {
    var events =
        switch (outcome) {
          case Outcome.Accepted accepted -> accepted.events();
          case Outcome.Refused refused -> refused.remembered();
        };
    var actor = reports.oneOf(ACTORS);
    var trace = reports.orNull(() -> "4bf92f3577b34da6a3ce929d0e0e4736");
    for (var event : events) {
      var after =
          steps.isEmpty()
              ? ExceptionCase.from((CaseEvent.Opened) event, now)
              : steps.getLast().after().after(event, now);
      steps.add(new Step(event, actor, now, trace, after));
    }
  }
}
