package dev.signalbox.exceptions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import dev.signalbox.testkit.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a second report of the same item does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecondReportTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
  private static final Reports ITEM = Reports.report("ref-1", NOW).detectedAt(NOW);
  private static final CaseId ID = ITEM.build().caseId();

  @Test
  void the_same_content_writes_nothing() {
    assertThat(reportedTo(open(), ITEM, Severity.CRITICAL)).isEqualTo(new Accepted(List.of()));
    assertThat(reportedTo(resolved(), ITEM, Severity.CRITICAL)).isEqualTo(new Accepted(List.of()));
  }

  @Test
  void new_observations_replace_the_old_and_leave_the_status() {
    var again = ITEM.saying("Looked at again.").detectedAt(TOMORROW);

    var after = accepted(open(), reportedTo(open(), again, Severity.MEDIUM));

    assertThat(after.report().reasonDetails()).isEqualTo("Looked at again.");
    assertThat(after.contentHash()).isEqualTo(again.build().contentHash());
    assertThat(after.substanceHash()).isEqualTo(open().substanceHash());
    assertThat(after.status()).isEqualTo(CaseStatus.OPEN);
    assertThat(after.version()).isEqualTo(open().version() + 1);
  }

  @Test
  void a_nightly_run_does_not_make_an_item_young_again() {
    var after = accepted(open(), reportedTo(open(), ITEM.detectedAt(TOMORROW), Severity.MEDIUM));

    assertThat(after.detection()).isEqualTo(new Detection(NOW, TOMORROW, 0));
  }

  @Test
  void an_earlier_detection_that_arrives_late_makes_an_item_older() {
    var yesterday = NOW.minus(Duration.ofDays(1));

    var after = accepted(open(), reportedTo(open(), ITEM.detectedAt(yesterday), Severity.MEDIUM));

    assertThat(after.detection()).isEqualTo(new Detection(yesterday, NOW, 0));
  }

  @Test
  void severity_rises_with_new_observations_and_the_deadline_moves_nearer() {
    var after = accepted(open(), reportedTo(open(), ITEM.saying("Worse."), Severity.CRITICAL));

    var before = requireNonNull(open().classification());
    var standing = requireNonNull(after.classification());
    assertThat(standing.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(standing.dueAt()).isBefore(before.dueAt());
  }

  @Test
  void severity_and_deadline_never_relax() {
    var after = accepted(open(), reportedTo(open(), ITEM.saying("Better."), Severity.LOW));

    assertThat(after.classification()).isEqualTo(open().classification());
  }

  @Test
  void an_amount_in_other_digits_is_the_same_content() {
    var again = ITEM.of("100.0000");

    assertThat(again.build().contentHash()).isEqualTo(ITEM.build().contentHash());
    assertThat(reportedTo(open(), again, Severity.LOW)).isEqualTo(new Accepted(List.of()));
  }

  @Test
  void another_substance_is_refused_and_remembered_with_both_hashes() {
    var other = ITEM.of("7.00");
    var known = open().substanceHash();
    var reported = other.build().substanceHash();

    for (var current : List.of(open(), resolved())) {
      var refused = (Refused) reportedTo(current, other, Severity.LOW);

      assertThat(refused.refusal()).isEqualTo(new Refusal.Conflict(ID, known, reported));
      assertThat(refused.remembered())
          .containsExactly(
              new CaseEvent.ConflictingReport(
                  known, reported, other.build().contentHash(), TOMORROW));
      var after = current.after(refused.remembered().getFirst(), TOMORROW);
      assertThat(after.report()).isEqualTo(current.report());
      assertThat(after.status()).isEqualTo(current.status());
    }
  }

  @Test
  void a_conflict_says_what_may_be_wrong() {
    var refused = (Refused) reportedTo(open(), ITEM.of("7.00"), Severity.LOW);

    assertThat(refused.refusal().code()).isEqualTo("CONFLICT");
    assertThat(refused.refusal().detail())
        .isEqualTo(
            "The item %s was reported before with another amount, currency, transaction date or"
                    .formatted(ID)
                + " counterparty (substance %s, now %s). Maybe it is a new item and needs a"
                    .formatted(
                        open().substanceHash().hex().substring(0, 12),
                        ITEM.of("7.00").build().substanceHash().hex().substring(0, 12))
                + " \"sourceRef\" or \"period\" of its own.");
  }

  @Test
  void what_is_detected_after_its_resolution_comes_back_and_is_counted() {
    var again = ITEM.detectedAt(TOMORROW.plusSeconds(1));

    var after = accepted(resolved(), reportedTo(resolved(), again, Severity.LOW));

    assertThat(after.status()).isEqualTo(CaseStatus.OPEN);
    assertThat(after.detection())
        .isEqualTo(new Detection(TOMORROW.plusSeconds(1), TOMORROW.plusSeconds(1), 1));
    assertThat(after.resolution()).isNull();
    assertThat(requireNonNull(after.classification()).severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void an_old_report_that_arrives_after_the_resolution_says_nothing_new() {
    var late = ITEM.saying("From yesterday's run.");

    assertThat(reportedTo(resolved(), late, Severity.CRITICAL)).isEqualTo(new Accepted(List.of()));
  }

  @Test
  void what_the_source_withdraws_is_resolved_and_nothing_pends_any_more() {
    var pending =
        open()
            .after(
                new CaseEvent.DispatchRequested(DispatchId.of(ID, 3), new TargetName("jira"), null),
                NOW);

    var after =
        accepted(
            pending, Lifecycle.decide(ID, pending, new CaseCommand.Clear("arrived"), TOMORROW));

    assertThat(after.status()).isEqualTo(CaseStatus.RESOLVED);
    assertThat(after.resolution()).isEqualTo(new Resolution.AutoCleared("arrived"));
    assertThat(after.resolvedAt()).isEqualTo(TOMORROW);
    assertThat(after.pending()).isNull();
    assertThat(after.nextTimer()).isNull();
  }

  private static Outcome reportedTo(ExceptionCase current, Reports report, Severity severity) {
    return Lifecycle.decide(
        ID,
        current,
        new CaseCommand.ReportAgain(report.build(), TOMORROW, assessment(severity), null),
        TOMORROW);
  }

  private static ExceptionCase accepted(ExceptionCase current, Outcome outcome) {
    assertThat(outcome).isInstanceOf(Accepted.class);
    var state = current;
    for (var event : ((Accepted) outcome).events()) {
      state = state.after(event, TOMORROW);
    }
    return state;
  }

  private static ExceptionCase open() {
    var command = new CaseCommand.Open(ITEM.build(), NOW, assessment(Severity.MEDIUM), null);
    var events = ((Accepted) Lifecycle.decide(ID, null, command, NOW)).events();
    var state = ExceptionCase.from((CaseEvent.Opened) events.getFirst(), NOW);
    for (var event : events.subList(1, events.size())) {
      state = state.after(event, NOW);
    }
    return state;
  }

  private static ExceptionCase resolved() {
    return open().after(new CaseEvent.Cleared(null), TOMORROW);
  }

  private static Assessment assessment(Severity severity) {
    var ruleset = new Sha256("ab".repeat(32));
    var sla = Duration.ofHours(severity == Severity.CRITICAL ? 24 : 168);
    var asOf = severity == Severity.MEDIUM ? NOW : TOMORROW;
    return new Assessment(
        new Advice<>(
            ruleset, asOf, new SeverityDecision(severity, sla, null), List.of(), List.of()),
        new Advice<>(
            ruleset,
            asOf,
            new Route(new QueueName("junior"), Lane.BATCH, null, null, false, List.of()),
            List.of(),
            List.of()));
  }
}
