package dev.signalbox.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CaseCommand.Kind;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import dev.signalbox.exceptions.disputes.Dispute;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.Talk;
import dev.signalbox.testkit.Charts;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Settlements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command at every status, against the table. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LifecycleTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(30));
  private static final ExceptionReport REPORT =
      Reports.report("ref-1", NOW).detectedAt(NOW).build();
  private static final CaseId ID = REPORT.caseId();

  private static final Reviewer ANA = new Reviewer("ana", List.of("ANALYST"));
  private static final Reviewer SUE = new Reviewer("sue", List.of("SENIOR"));
  private static final Hold HOLD =
      new Hold(HoldId.of(ID, 1), new Hold.Scope(Hold.Kind.ITEM, ID.toString()), "Odd.", "sue", NOW);
  private static final UUID DISPUTE = new UUID(1, 2);
  private static final Talk DISPUTED =
      Talk.NONE.with(Dispute.opened(DISPUTE, DisputeCategory.OTHER, false, NOW));
  private static final List<Fallback> STEPS =
      Stream.of(
              new FallbackStep.Remind(Duration.ofHours(1)),
              new FallbackStep.Reassign(Duration.ofHours(1), new QueueName("senior")),
              new FallbackStep.DeadLetter(Duration.ofHours(1), new QueueName("senior")))
          .map(step -> new Fallback(List.of(new Fallback.Planned(step, NOW.plusSeconds(3_600)))))
          .toList();
  private static final Resolution WRITE_OFF =
      new Resolution.WriteOff(Resolution.WriteOffReason.CANCELLED, "Gone.", "DOC-1");

  @Test
  void every_row_of_the_table_is_taken_from_and_to_every_status_it_names() {
    Map<Transition, Set<CaseStatus>> from = new HashMap<>();
    Map<Transition, Set<CaseStatus>> to = new HashMap<>();
    for (var current : cases()) {
      for (var command : commands(current)) {
        var row = row(command.kind(), current.status());
        if (row == null) {
          continue;
        }
        var outcome = Lifecycle.decide(ID, current, command, LATER);
        if (outcome instanceof Accepted(var events)) {
          var after = after(current, events);
          from.computeIfAbsent(row, key -> new HashSet<>()).add(current.status());
          if (events.isEmpty() && row.to() != null && !row.to().contains(current.status())) {
            // A timer that finds nothing to do.
            continue;
          }
          to.computeIfAbsent(row, key -> new HashSet<>()).add(after.status());
          assertThat(row.to() == null ? Set.of(current.status()) : row.to())
              .as("%s from %s", command.kind(), current.status())
              .contains(after.status());
          assertThat(after.version()).isEqualTo(current.version() + events.size());
        }
      }
    }
    for (var command : opens()) {
      var row = Lifecycle.TABLE.getFirst();
      var events = ((Accepted) Lifecycle.decide(ID, null, command, NOW)).events();
      from.computeIfAbsent(row, key -> new HashSet<>());
      to.computeIfAbsent(row, key -> new HashSet<>()).add(opened(events).status());
    }
    for (var row : Lifecycle.TABLE) {
      assertThat(from.get(row)).as("from, of %s", row).isEqualTo(row.from());
      assertThat(to.get(row))
          .as("to, of %s", row)
          .isEqualTo(row.to() == null ? row.from() : row.to());
    }
  }

  @ParameterizedTest
  @EnumSource(CaseStatus.class)
  void every_command_that_the_table_does_not_list_is_refused_with_what_is_allowed(
      CaseStatus status) {
    var allowed = EnumSet.noneOf(Kind.class);
    for (var current : cases().stream().filter(c -> c.status() == status).toList()) {
      for (var command : commands(current)) {
        if (row(command.kind(), status) != null) {
          allowed.add(command.kind());
          continue;
        }
        var outcome = Lifecycle.decide(ID, current, command, LATER);

        var expected = new Refusal.NotAllowed(command.kind(), status, Lifecycle.allowedAt(status));
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Refused.class,
                refused -> {
                  assertThat(refused.refusal()).isEqualTo(expected);
                  assertThat(changed(current, refused.remembered())).isEqualTo(current);
                });
      }
    }
    assertThat(Lifecycle.allowedAt(status)).isEqualTo(allowed);
  }

  @Test
  void every_kind_of_command_is_tried_everywhere() {
    for (var current : cases()) {
      assertThat(commands(current).stream().map(CaseCommand::kind))
          .containsAll(Arrays.asList(Kind.values()));
    }
    assertThat(cases().stream().map(ExceptionCase::status))
        .containsAll(Arrays.asList(CaseStatus.values()));
  }

  @Test
  void what_was_never_opened_takes_nothing_but_its_first_report() {
    for (var command : commands(at(CaseStatus.OPEN))) {
      var outcome = Lifecycle.decide(ID, null, command, NOW);

      if (command.kind() == Kind.OPEN) {
        assertThat(outcome).isInstanceOf(Accepted.class);
      } else {
        assertThat(outcome).isEqualTo(new Refused(new Refusal.NotFound(ID), List.of()));
      }
    }
  }

  @Test
  void a_refusal_says_what_is_possible() {
    var refused =
        (Refused) Lifecycle.decide(ID, at(CaseStatus.RESOLVED), new CaseCommand.Clear(null), LATER);

    assertThat(refused.refusal().code()).isEqualTo("NOT_ALLOWED");
    assertThat(refused.refusal().detail())
        .isEqualTo(
            "An exception that is RESOLVED does not take the command \"clear\"; it takes comment,"
                + " record hold problem, report again.");
  }

  /** Refused attempts may be remembered; apart from the version they change nothing. */
  private static ExceptionCase changed(ExceptionCase current, List<CaseEvent> remembered) {
    var after = current;
    for (var event : remembered) {
      assertThat(event).isInstanceOf(CaseEvent.CallbackIgnored.class);
      after = after.after(event, current.updatedAt());
    }
    return remembered.isEmpty() ? after : with(after, current.version());
  }

  private static @Nullable Transition row(Kind kind, CaseStatus status) {
    return Lifecycle.TABLE.stream()
        .filter(row -> row.allows(kind, status))
        .findFirst()
        .orElse(null);
  }

  private static ExceptionCase opened(List<CaseEvent> events) {
    var state = ExceptionCase.from((CaseEvent.Opened) events.getFirst(), NOW);
    return after(state, events.subList(1, events.size()));
  }

  private static ExceptionCase after(ExceptionCase before, List<CaseEvent> events) {
    var state = before;
    for (var event : events) {
      state = state.after(event, LATER);
    }
    return state;
  }

  private static List<CaseCommand> opens() {
    return routes()
        .flatMap(route ->
            Stream.of(
                open(route),
                new CaseCommand.Open(REPORT, NOW, assessment(route), Settlements.of("L-1", NOW))))
        .map(CaseCommand.class::cast)
        .toList();
  }

  private static CaseCommand.Open open(RoutingDecision routing) {
    return new CaseCommand.Open(REPORT, NOW, assessment(routing), null);
  }

  private static Stream<RoutingDecision> routes() {
    var queue = new QueueName("junior");
    return Stream.of(
        new Route(queue, Lane.BATCH, null, null, false, List.of()),
        new Route(queue, Lane.BATCH, new TargetName("jira"), null, false, List.of()),
        new Unrouted("No rule routes it."));
  }

  /** A case at every status; a pending one for each status that it may go back to. */
  private static List<ExceptionCase> cases() {
    var cases = new ArrayList<ExceptionCase>();
    for (var status : CaseStatus.values()) {
      if (status == CaseStatus.PENDING_RESOLUTION) {
        for (var before :
            List.of(
                CaseStatus.OPEN,
                CaseStatus.ASSIGNED,
                CaseStatus.UNDER_REVIEW,
                CaseStatus.ESCALATED)) {
          cases.add(
              at(before)
                  .after(
                      new CaseEvent.DispatchRequested(
                          DispatchId.of(ID, 4), new TargetName("jira"), null),
                      NOW));
        }
        cases.add(posting());
        cases.add(
            posting().after(new CaseEvent.PostingStuck(underWay(posting()), "It said 503."), NOW));
      } else if (status == CaseStatus.PENDING_APPROVAL) {
        cases.add(
            at(CaseStatus.PENDING_APPROVAL)
                .after(new CaseEvent.PostingDrafted(underWayPosting()), NOW));
        cases.add(at(CaseStatus.PENDING_APPROVAL));
        cases.add(proposed(at(CaseStatus.UNDER_REVIEW), "SENIOR", "COMPLIANCE"));
      } else {
        cases.add(at(status));
      }
    }
    for (var one : List.copyOf(cases)) {
      if (one.status() != CaseStatus.RESOLVED) {
        STEPS.forEach(step -> cases.add(with(one, one.standing().falling(step))));
        cases.add(with(one, one.standing().resting(new Pause(NOW, NOW.plusSeconds(60), "", ""))));
      }
    }
    return cases;
  }

  /** A case whose resolution the ledger is asked to post. */
  private static ExceptionCase posting() {
    var under = at(CaseStatus.UNDER_REVIEW);
    var propose = new CaseCommand.Propose(WRITE_OFF, ANA, approval(), Charts.full());
    return after(under, ((Accepted) Lifecycle.decide(ID, under, propose, NOW)).events());
  }

  private static Posting underWayPosting() {
    return java.util.Objects.requireNonNull(posting().bookkeeping()).posting();
  }

  private static DispatchId underWay(ExceptionCase current) {
    return current.bookkeeping() == null
        ? DispatchId.ofPosting(ID, 99)
        : current.bookkeeping().posting().id();
  }

  private static ExceptionCase proposed(ExceptionCase current, String... approvers) {
    var after = current;
    var approval = approval(approvers);
    for (var event :
        List.of(
            new CaseEvent.ProposalMade(WRITE_OFF, "ana", "ANALYST"),
            new CaseEvent.ApprovalsDecided(approval))) {
      after = after.after(event, NOW);
    }
    return after;
  }

  private static Advice<ApprovalDecision> approval(String... roles) {
    var needed =
        Stream.of(roles).map(role -> new Approval(role, "It is large.")).toArray(Approval[]::new);
    return Settlements.of(WRITE_OFF, NOW, needed).approval();
  }

  private static ExceptionCase at(CaseStatus status) {
    if (status == CaseStatus.PENDING_APPROVAL) {
      return proposed(at(CaseStatus.UNDER_REVIEW), "SENIOR");
    }
    boolean isHeld = status == CaseStatus.ASSIGNED || status == CaseStatus.UNDER_REVIEW;
    var events =
        ((Accepted) Lifecycle.decide(ID, null, open(routes().findFirst().orElseThrow()), NOW))
            .events();
    var open = opened(events);
    return new ExceptionCase(
        open.id(),
        open.version(),
        open.report(),
        open.contentHash(),
        open.substanceHash(),
        status,
        open.classification(),
        open.route(),
        isHeld ? "ana" : null,
        status == CaseStatus.UNDER_REVIEW
            ? new Claim("ana", open.version(), status, Claim.USUAL)
            : null,
        0,
        open.detection(),
        null,
        null,
        status == CaseStatus.RESOLVED ? new Resolution.AutoCleared(null) : null,
        status == CaseStatus.RESOLVED ? NOW : null,
        status == CaseStatus.DEAD_LETTERED ? "No rule routes it." : null,
        status == CaseStatus.RESOLVED ? Standing.NONE : Standing.NONE.with(HOLD),
        DISPUTED,
        null,
        NOW,
        NOW);
  }

  private static ExceptionCase with(ExceptionCase state, long version) {
    return with(state, version, state.standing());
  }

  private static ExceptionCase with(ExceptionCase state, Standing standing) {
    return with(state, state.version(), standing);
  }

  private static ExceptionCase with(ExceptionCase state, long version, Standing standing) {
    return new ExceptionCase(
        state.id(),
        version,
        state.report(),
        state.contentHash(),
        state.substanceHash(),
        state.status(),
        state.classification(),
        state.route(),
        state.assignee(),
        state.claim(),
        state.escalationLevel(),
        state.detection(),
        state.pending(),
        state.proposal(),
        state.resolution(),
        state.resolvedAt(),
        state.deadLetterReason(),
        standing,
        state.talk(),
        state.bookkeeping(),
        state.openedAt(),
        state.updatedAt());
  }

  private static List<CaseCommand> commands(ExceptionCase current) {
    var commands = new ArrayList<CaseCommand>();
    var dispatch = current.pending() == null ? DispatchId.of(ID, 99) : current.pending().id();
    var reports = Reports.report("ref-1", NOW);
    for (var report :
        List.of(
            REPORT,
            reports.detectedAt(NOW).saying("Again.").build(),
            reports.detectedAt(NOW.plusSeconds(60)).build(),
            reports.of("7.00").build())) {
      routes()
          .flatMap(route ->
              Stream.of(
                  new CaseCommand.ReportAgain(report, LATER, assessment(route), null),
                  new CaseCommand.ReportAgain(
                      report, LATER, assessment(route), Settlements.of("L-1", LATER))))
          .forEach(commands::add);
    }
    for (var verdict : Callback.Verdict.values()) {
      commands.add(
          new CaseCommand.AcceptCallback(
              new Callback("JIRA", "REC-1", verdict, "Done", null, "ana", null)));
    }
    for (var what : Overdue.values()) {
      commands.add(new CaseCommand.MarkOverdue(what));
    }
    routes()
        .forEach(route -> {
          commands.add(new CaseCommand.Redrive(null, assessment(route)));
          commands.add(new CaseCommand.Reclassify(assessment(route)));
        });
    commands.addAll(opens());
    commands.add(new CaseCommand.Clear(null));
    commands.add(new CaseCommand.RequestDispatch(new TargetName("jira"), null, null));
    commands.add(new CaseCommand.RecordDelivery(dispatch, "REC-1", null));
    commands.add(new CaseCommand.RecordDeliveryFailure(dispatch, "It said 400."));
    commands.add(new CaseCommand.Assign("ben"));
    commands.add(new CaseCommand.Unassign());
    commands.add(new CaseCommand.StartReview(ANA));
    commands.add(new CaseCommand.Propose(WRITE_OFF, ANA, approval(), null));
    commands.add(new CaseCommand.Propose(WRITE_OFF, ANA, approval("SENIOR"), null));
    commands.add(new CaseCommand.Approve(SUE, null));
    commands.add(new CaseCommand.Reject(SUE, "Look again."));
    commands.add(new CaseCommand.Claim(current.proposal() == null ? ANA : SUE, Claim.USUAL));
    commands.add(new CaseCommand.ReleaseClaim("ana"));
    commands.add(new CaseCommand.ExpireClaim(0));
    commands.add(
        new CaseCommand.ExpireClaim(current.claim() == null ? 0 : current.claim().fence()));
    commands.add(new CaseCommand.Propose(WRITE_OFF, ANA, approval(), Charts.full()));
    commands.add(new CaseCommand.RecordPosting(underWay(current), "B-1"));
    commands.add(new CaseCommand.RecordPostingRefusal(underWay(current), "It said 400."));
    commands.add(new CaseCommand.RecordPostingFailure(underWay(current), "It said 503."));
    commands.add(new CaseCommand.RetryPosting(underWay(current)));
    commands.add(new CaseCommand.RecordHoldProblem(HOLD.id(), true, "It said 400."));
    commands.add(new CaseCommand.Escalate(new QueueName("senior"), "It is odd."));
    commands.add(new CaseCommand.PlaceHold(Hold.Kind.ITEM, "It is odd.", "sue"));
    commands.add(new CaseCommand.ReleaseHold(HOLD.id(), "It is not.", "sue"));
    commands.add(new CaseCommand.AddComment("Ask @ben."));
    commands.add(new CaseCommand.RedactComment(new Comment(2, "ana", false), ANA, null));
    commands.add(
        new CaseCommand.RedactEvidence(
            new UUID(1, 2), new Comment(2, "ana", false), null, ANA, null));
    for (boolean won : List.of(true, false)) {
      var close = new DisputeMove.Close(DISPUTE, won, "They paid, or not.");
      commands.add(new CaseCommand.MoveDispute(close, ANA));
    }
    commands.add(new CaseCommand.Remind());
    commands.add(new CaseCommand.Reassign());
    commands.add(new CaseCommand.DeadLetter());
    commands.add(
        new CaseCommand.Snooze(LATER.plusSeconds(60), "It waits.", "sue", Duration.ofDays(90)));
    commands.add(new CaseCommand.Wake(null));
    return commands;
  }

  private static Assessment assessment(RoutingDecision routing) {
    var ruleset = new Sha256("ab".repeat(32));
    return new Assessment(
        new Advice<>(
            ruleset,
            NOW,
            new SeverityDecision(Severity.LOW, Duration.ofHours(168), NOW.plusSeconds(3_600)),
            List.of(),
            List.of()),
        new Advice<>(ruleset, NOW, routing, List.of(), List.of()));
  }
}
