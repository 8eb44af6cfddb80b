package dev.signalbox.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the auditor finds, and what it remembers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditorIT {
  private static final Duration GRACE = Duration.ofMinutes(5);

  private TestBox box;

  @BeforeEach
  void open() {
    box = TestBox.open();
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void a_box_in_which_all_went_well_is_clean() {
    var id = reported("1");
    reported("2");
    box.say(id, new CaseCommand.RequestDispatch(new TargetName("jira"), null, null));
    var dispatch = requireNonNull(box.state(id).pending()).id();
    box.say(id, new CaseCommand.RecordDelivery(dispatch, "REC-1", null));
    box.say(id, new CaseCommand.Clear(null));

    var round = auditor(100).round();

    assertThat(round).isEqualTo(new Auditor.Round(0, 2, 0, 1, null));
    assertThat(round.isClean()).isTrue();
  }

  @Test
  void what_is_past_its_next_step_is_late_after_a_grace() {
    reported("1");
    box.clock().advance(Duration.ofHours(24).plus(GRACE));
    assertThat(auditor(1).round().late()).isZero();

    box.clock().advance(Duration.ofMillis(1));
    assertThat(auditor(1).round().late()).isEqualTo(1);
    assertThat(auditor(1).round().isClean()).isFalse();

    box.letTimersHappen();
    assertThat(auditor(1).round().isClean()).isTrue();
  }

  @Test
  void a_dispatch_without_work_is_found() {
    var id = reported("1");
    box.say(id, new CaseCommand.RequestDispatch(new TargetName("jira"), null, null));
    assertThat(auditor(1).round().isClean()).isTrue();
    tamper("DELETE FROM work WHERE case_id = ?", id);

    var round = auditor(1).round();

    assertThat(requireNonNull(round.first()).what())
        .isEqualTo("It waits to be handed out, and there is no work for it.");
    assertThat(round.isClean()).isFalse();
  }

  @Test
  void a_state_that_is_not_that_of_its_journal_is_found_and_remembered_for_a_lap() {
    var ids = new ArrayList<CaseId>();
    for (int i = 0; i < 600; i++) {
      ids.add(Reports.report("item-" + i, TestBox.START).build().caseId());
    }
    box.reportAll(
        ids.stream()
            .map(id -> Reports.report("item-" + ids.indexOf(id), TestBox.START).build())
            .toList());
    var first = ids.stream().min(CaseId::compareTo).orElseThrow();
    tamper("UPDATE exception_case SET assignee = 'nobody' WHERE id = ?", first);

    // Pages of 250: three of them are a lap.
    var rounds = new ArrayList<Auditor.Round>();
    for (int i = 0; i < 7; i++) {
      rounds.add(auditor(1).round());
      if (i == 0) {
        tamper("UPDATE exception_case SET assignee = NULL WHERE id = ?", first);
      }
    }

    assertThat(requireNonNull(rounds.getFirst().first()).exception()).isEqualTo(first);
    assertThat(rounds).extracting(Auditor.Round::checked).startsWith(250L, 250L, 100L, 250L);
    assertThat(rounds).extracting(Auditor.Round::laps).startsWith(0L, 0L, 1L, 1L, 1L, 2L);
    assertThat(rounds.subList(0, 5)).noneMatch(Auditor.Round::isClean);
    assertThat(rounds.subList(5, 7)).allMatch(Auditor.Round::isClean);
  }

  /** A new one each time: what it remembers is in the database. */
  private Auditor auditor(int slice) {
    return new Auditor(
        box.postgres().database(),
        new JournalReader(box.keys()),
        box.clock(),
        new Auditor.Shape(GRACE, slice));
  }

  private CaseId reported(String ref) {
    var report = Reports.report(ref, TestBox.START).build();
    box.report(report);
    return report.caseId();
  }

  private void tamper(String sql, CaseId id) {
    box.postgres().asSuperuser().inTransaction(tx -> tx.update(sql, id.value()));
  }
}
