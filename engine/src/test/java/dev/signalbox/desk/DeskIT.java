package dev.signalbox.desk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeskIT {
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
  void a_new_report_is_recorded_decided_and_journaled_in_one_commit() {
    var receipt = box.report(young("1").build());

    var state = done(receipt, Effect.RECORDED);
    assertThat(state.version()).isEqualTo(3);
    assertThat(box.state(state.id())).isEqualTo(state);
    assertThat(box.events(state.id())).containsExactly("Opened", "Classified", "Routed");
    assertThat(box.history(state.id()).getFirst().event())
        .isInstanceOfSatisfying(
            CaseEvent.Opened.class,
            opened -> assertThat(opened.report()).isEqualTo(young("1").build()));
  }

  @Test
  void the_same_report_again_changes_nothing() {
    var first = done(box.report(young("1").build()), Effect.RECORDED);

    var again = done(box.report(young("1").build()), Effect.DUPLICATE);

    assertThat(again).isEqualTo(first);
    assertThat(box.events(first.id())).hasSize(3);
  }

  @Test
  void repeats_within_one_batch_see_each_other() {
    var receipts =
        box.reportAll(
            List.of(
                young("1").build(),
                young("1").build(),
                young("1").saying("Looked at again.").build(),
                young("1").of("7.00").build()));

    done(receipts.get(0), Effect.RECORDED);
    done(receipts.get(1), Effect.DUPLICATE);
    done(receipts.get(2), Effect.REDETECTED);
    assertThat(receipts.get(3))
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Conflict.class));
    assertThat(box.events(young("1").build().caseId()))
        .containsExactly("Opened", "Classified", "Routed", "Redetected", "ConflictingReport");
  }

  @Test
  void what_the_source_withdraws_is_resolved_and_comes_back_when_it_is_detected_later() {
    var id = done(box.report(young("1").build()), Effect.RECORDED).id();
    box.clock().advance(Duration.ofHours(1));

    var cleared = done(box.say(id, new CaseCommand.Clear("arrived")), Effect.CLEARED);
    box.clock().advance(Duration.ofHours(1));
    var late = box.report(young("1").detectedAt(TestBox.START).build());
    var recurred =
        box.report(young("1").detectedAt(TestBox.START.plus(Duration.ofHours(2))).build());

    assertThat(cleared.status()).isEqualTo(CaseStatus.RESOLVED);
    done(late, Effect.DUPLICATE);
    var state = done(recurred, Effect.RECURRED);
    assertThat(state.status()).isEqualTo(CaseStatus.OPEN);
    assertThat(state.detection().recurrences()).isEqualTo(1);
    assertThat(state.route()).isNotNull();
  }

  @Test
  void severity_rises_at_its_threshold_even_after_a_sleep() {
    box.decideBy(TestBox.patient());
    var id = done(box.report(young("1").build()), Effect.RECORDED).id();
    assertThat(severity(box.state(id))).isEqualTo(Severity.LOW);

    box.clock().advance(Duration.ofHours(23));
    box.letTimersHappen();
    assertThat(severity(box.state(id))).isEqualTo(Severity.MEDIUM);

    box.clock().advance(Duration.ofHours(200));
    box.letTimersHappen();
    assertThat(severity(box.state(id))).isEqualTo(Severity.CRITICAL);
    assertThat(requireNonNull(box.state(id).classification()).breached()).isTrue();
    assertThat(requireNonNull(box.state(id).route()).queue().value()).isEqualTo("senior");
  }

  @Test
  void an_item_with_a_target_waits_for_the_outside_with_its_work_beside_it() {
    var state =
        done(box.report(young("1").because(ReasonCode.MISSING_RECORD).build()), Effect.RECORDED);

    assertThat(state.status()).isEqualTo(CaseStatus.PENDING_RESOLUTION);
    assertThat(
            box
                .postgres()
                .database()
                .read(
                    tx -> tx.query("SELECT target FROM work WHERE case_id = ?", state.id().value()))
                .stream()
                .map(row -> row.text("target"))
                .toList())
        .containsExactly("webhook");
  }

  @Test
  void a_commit_tells_which_targets_have_work_and_what_the_first_timer_is() {
    var told = new ArrayList<Brought>();
    box.onCommit(told::add);
    box.reportAll(
        List.of(
            young("1").because(ReasonCode.MISSING_RECORD).build(),
            young("2").because(ReasonCode.VALIDATION_FAILED).build(),
            young("3").build()));
    box.report(young("4").build());
    box.report(young("4").build());

    var first = TestBox.START.plus(Duration.ofHours(23));
    assertThat(told)
        .containsExactly(
            new Brought(Set.of(new TargetName("webhook"), new TargetName("jira")), first),
            new Brought(Set.of(), first));
  }

  @Test
  void a_key_gets_the_first_answer_again_and_refuses_another_request() {
    var id = done(box.report(young("1").build()), Effect.RECORDED).id();
    var key = new OnceKey("test", "k-1", hash("a"));
    var request = Request.say(id, new CaseCommand.Clear("arrived"), TestBox.SOURCE).once(key);

    var first = done(box.desk().handle(request), Effect.CLEARED);
    var again = done(box.desk().handle(request), Effect.CLEARED);
    var other = box.desk().handle(request.once(new OnceKey("test", "k-1", hash("b"))));

    assertThat(again).isEqualTo(first);
    assertThat(other).isEqualTo(new Receipt.Refused(new Refusal.KeyReused("k-1"), null));
    assertThat(box.events(id)).endsWith("Cleared").hasSize(4);
  }

  @Test
  void who_saw_an_older_version_is_refused() {
    var id = done(box.report(young("1").build()), Effect.RECORDED).id();

    var receipt =
        box.desk()
            .handle(Request.say(id, new CaseCommand.Clear(null), TestBox.SOURCE).expecting(2L));

    assertThat(receipt)
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(new Refusal.Stale(2, 3)));
  }

  @Test
  void many_writers_of_the_same_items_lose_nothing_and_double_nothing() {
    var writers =
        IntStream.range(0, 8)
            .mapToObj(writer ->
                CompletableFuture.runAsync(() ->
                    IntStream.range(0, 10)
                        .forEach(i ->
                            box.report(young("same-" + i).saying("seen by " + writer).build()))))
            .toList();
    writers.forEach(CompletableFuture::join);

    IntStream.range(0, 10)
        .mapToObj(i -> young("same-" + i).build().caseId())
        .forEach(id -> {
          assertThat(box.events(id)).startsWith("Opened", "Classified", "Routed").hasSize(10);
          assertThat(box.state(id).version()).isEqualTo(10);
        });
  }

  @Test
  void a_batch_locks_its_cases_in_the_order_of_their_ids_however_postgresql_finds_them() {
    meetingRowsAsTheyLie();
    var reports =
        IntStream.range(0, 20)
            .mapToObj(i -> young("busy-" + i))
            .sorted(Comparator.comparing(report -> report.build().caseId()))
            .toList();
    reports.reversed().forEach(report -> box.report(report.build()));

    var batch =
        box.postgres()
            .asSuperuser()
            .inTransaction(tx -> {
              lock(tx, reports.getFirst().build().caseId());
              var coming =
                  CompletableFuture.runAsync(() ->
                      box.reportAll(
                          reports.stream().map(r -> r.saying("Again.").build()).toList()));
              Until.holds(() -> somebodyWaits(tx));
              lock(tx, reports.getLast().build().caseId());
              return coming;
            });

    assertThat(batch).succeedsWithin(Duration.ofMinutes(1));
    assertThat(box.state(reports.getLast().build().caseId()).version()).isEqualTo(4);
  }

  private void meetingRowsAsTheyLie() {
    box.postgres()
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                """
                DO $$ BEGIN
                  EXECUTE format('ALTER DATABASE %I SET enable_nestloop = off', current_database());
                  EXECUTE format('ALTER DATABASE %I SET enable_mergejoin = off', current_database());
                END $$
                """));
  }

  private static void lock(Tx tx, CaseId id) {
    tx.query("SELECT 1 AS one FROM exception_case WHERE id = ? FOR UPDATE NOWAIT", id.value());
  }

  private static boolean somebodyWaits(Tx tx) {
    return !tx.query("SELECT 1 AS one FROM pg_locks WHERE NOT granted").isEmpty();
  }

  @Test
  void a_storm_is_held_back_whole_and_the_cap_holds_exactly() {
    try (var guarded =
        TestBox.guardedBy(
            new StormGuard(Map.of("default", new StormGuard.Cap(5, Duration.ofHours(1)))))) {
      var receipts =
          guarded.reportAll(
              IntStream.range(0, 8).mapToObj(i -> young("storm-" + i).build()).toList());

      assertThat(receipts).filteredOn(Receipt.HeldBack.class::isInstance).hasSize(3);
      assertThat(receipts).filteredOn(Receipt.Done.class::isInstance).hasSize(5);
      guarded.clock().advance(Duration.ofHours(2));
      done(guarded.report(young("later").build()), Effect.RECORDED);
    }
  }

  private static Reports young(String ref) {
    return Reports.report(ref, TestBox.START.minus(Duration.ofHours(1)));
  }

  private static Severity severity(ExceptionCase state) {
    return requireNonNull(state.classification()).severity();
  }

  private static Sha256 hash(String text) {
    return new Sha256(text.repeat(64));
  }

  private static ExceptionCase done(Receipt receipt, Effect effect) {
    assertThat(receipt).isInstanceOf(Receipt.Done.class);
    var done = (Receipt.Done) receipt;
    assertThat(done.effect()).isEqualTo(effect);
    return done.state();
  }
}
