package dev.signalbox.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import dev.signalbox.testkit.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the ledger is told not to post. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HoldsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final ExceptionReport REPORT = Reports.report("ref-1", NOW).build();
  private static final ExceptionReport WITHOUT_ACCOUNT =
      new ExceptionReport(
          REPORT.identity(),
          REPORT.reasonCode(),
          REPORT.reasonDetails(),
          REPORT.money(),
          REPORT.baseAmount(),
          REPORT.transactionDate(),
          REPORT.detectedAt(),
          REPORT.confidence(),
          REPORT.counterparty(),
          REPORT.regulatory(),
          null,
          REPORT.candidates(),
          Map.of(),
          REPORT.payload());
  private static final CaseId ID = REPORT.caseId();

  @Test
  void a_hold_stands_with_who_placed_it_and_why_until_it_is_released() {
    var held = after(open(), placeOn(Hold.Kind.ITEM));

    var hold =
        new Hold(
            HoldId.of(ID, 3),
            new Hold.Scope(Hold.Kind.ITEM, ID.toString()),
            "It is odd.",
            "sue",
            NOW);
    assertThat(held.standing().holds()).containsExactly(hold);
    assertThat(held.status()).isEqualTo(CaseStatus.OPEN);
    assertThat(after(held, release(hold.id())).standing()).isEqualTo(Standing.NONE);
  }

  @Test
  void two_holds_of_an_item_are_released_each_for_itself() {
    var first = after(open(), placeOn(Hold.Kind.ITEM));
    var both = after(first, placeOn(Hold.Kind.ITEM));

    var left = after(both, release(first.standing().holds().getFirst().id()));

    assertThat(left.standing().holds()).containsExactly(both.standing().holds().getLast());
  }

  @Test
  void what_is_released_already_is_unknown() {
    var held = after(open(), placeOn(Hold.Kind.ITEM));
    var hold = held.standing().holds().getFirst().id();

    var outcome = Lifecycle.decide(ID, after(held, release(hold)), release(hold), NOW);

    assertThat(outcome).isEqualTo(Refused.because(new Refusal.UnknownHold(hold)));
    assertThat(new Refusal.UnknownHold(hold).detail())
        .isEqualTo("The exception has no hold %s. Maybe it was released already.".formatted(hold));
  }

  @Test
  void what_the_report_does_not_name_cannot_be_held() {
    assertThat(Lifecycle.decide(ID, open(WITHOUT_ACCOUNT), placeOn(Hold.Kind.GL_ACCOUNT), NOW))
        .isEqualTo(
            Refused.because(new Refusal.Misfit("The report names no ledger account to hold.")));
  }

  @Test
  void what_settles_an_item_releases_its_holds() {
    var held = after(open(), placeOn(Hold.Kind.ITEM));
    var hold = held.standing().holds().getFirst().id();

    var outcome = Lifecycle.decide(ID, held, new CaseCommand.Clear(null), NOW);

    assertThat(outcome)
        .isEqualTo(
            new Accepted(
                List.of(
                    new CaseEvent.Cleared(null),
                    new CaseEvent.HoldReleased(hold, "The exception is settled.", null))));
  }

  @Test
  void an_item_has_a_hundred_holds_at_most() {
    var state = open();
    for (int i = 0; i < Holding.HOLDS_MAX; i++) {
      state = after(state, placeOn(Hold.Kind.ITEM));
    }

    assertThat(Lifecycle.decide(ID, state, placeOn(Hold.Kind.ITEM), NOW))
        .isEqualTo(
            Refused.because(new Refusal.Misfit("The exception has 100 holds; release one first.")));
  }

  private static CaseCommand placeOn(Hold.Kind kind) {
    return new CaseCommand.PlaceHold(kind, "It is odd.", "sue");
  }

  private static CaseCommand release(HoldId hold) {
    return new CaseCommand.ReleaseHold(hold, "It is not.", "sue");
  }

  private static ExceptionCase open() {
    return open(REPORT);
  }

  private static ExceptionCase open(ExceptionReport report) {
    var ruleset = new Sha256("ab".repeat(32));
    var assessment =
        new Assessment(
            new Advice<>(
                ruleset,
                NOW,
                new SeverityDecision(Severity.LOW, Duration.ofHours(168), null),
                List.of(),
                List.of()),
            new Advice<>(
                ruleset,
                NOW,
                new Route(new QueueName("junior"), Lane.BATCH, null, null, false, List.of()),
                List.of(),
                List.of()));
    var open = new CaseCommand.Open(report, NOW, assessment, null);
    var events = ((Accepted) Lifecycle.decide(ID, null, open, NOW)).events();
    var state = ExceptionCase.from((CaseEvent.Opened) events.getFirst(), NOW);
    for (var event : events.subList(1, events.size())) {
      state = state.after(event, NOW);
    }
    return state;
  }

  private static ExceptionCase after(ExceptionCase before, CaseCommand command) {
    var state = before;
    for (var event : ((Accepted) Lifecycle.decide(ID, before, command, NOW)).events()) {
      state = state.after(event, NOW);
    }
    return state;
  }
}
