package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.JIRA;
import static dev.signalbox.dispatch.Dispatching.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.audit.AuditVerify;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import dev.signalbox.work.DeadLetter;
import dev.signalbox.work.DeadLetterTable;
import dev.signalbox.work.DeadLetterTable.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadLettersIT {
  private static final TargetPolicy QUICK = Dispatching.quick(Duration.ofSeconds(5));
  private static final Actor OPERATOR = new Actor.Person("operator");
  private static final Filter ALL = new Filter(null, null, true, null, Sight.ALL);
  private static final Outlet REJECTS = (dispatch, deadline) -> new Attempt.RejectedByTarget("400");

  private Dispatching dispatching;
  private DeadLetters letters;

  @BeforeEach
  void open() {
    dispatching = new Dispatching();
    var box = dispatching.box;
    letters = new DeadLetters(box.postgres().database(), box.desk(), box.clock());
  }

  @AfterEach
  void close() {
    var finding =
        new AuditVerify(
                dispatching.box.postgres().database(), new JournalReader(dispatching.box.keys()))
            .run(progress -> {});
    dispatching.close();
    assertThat(finding.first()).isNull();
  }

  @Test
  void one_is_tried_again_once_and_says_who_did_it() {
    var id = dispatching.forWebhook("1");
    var letter = rejected(List.of(id)).getFirst();

    var first = letters.redrive(List.of(letter), OPERATOR);
    letters.redrive(List.of(letter), OPERATOR);

    assertThat(first.getFirst().receipt()).isInstanceOf(Receipt.Done.class);
    assertThat(requests(id)).isEqualTo(2);
    assertThat(dispatching.box.state(id).status()).isEqualTo(CaseStatus.PENDING_RESOLUTION);
    assertThat(letters.waiting(ALL, 10)).isEmpty();
    var kept =
        dispatching
            .box
            .postgres()
            .database()
            .read(tx ->
                DeadLetterTable.page(tx, new Filter(null, null, false, null, Sight.ALL), null, 10));
    assertThat(kept).extracting(DeadLetter::redrivenBy).containsExactly("operator");
  }

  @Test
  void a_redrive_that_was_refused_is_accepted_once_its_cause_is_gone() {
    var id = dispatching.forWebhook("1");
    var waiting = rejected(List.of(id));
    dispatching.box.say(id, new CaseCommand.RequestDispatch(JIRA, null, null));

    var refused = letters.redrive(waiting, OPERATOR);
    dispatching.box.say(id, new CaseCommand.AcceptCallback(reopened()));
    var accepted = letters.redrive(waiting, OPERATOR);

    assertThat(refused.getFirst().receipt()).isInstanceOf(Receipt.Refused.class);
    assertThat(accepted.getFirst().receipt()).isInstanceOf(Receipt.Done.class);
    assertThat(requests(id)).isEqualTo(3);
    assertThat(letters.waiting(ALL, 10)).isEmpty();
  }

  @Test
  void a_filter_chooses_and_counting_changes_nothing() {
    var webhooks = IntStream.range(0, 12).mapToObj(i -> dispatching.forWebhook("w" + i)).toList();
    var tickets = IntStream.range(0, 5).mapToObj(i -> dispatching.forJira("j" + i)).toList();
    rejected(webhooks);
    rejected(tickets);
    var forJira = new Filter(DeadLetter.Kind.DISPATCH, JIRA.value(), true, null, Sight.ALL);

    assertThat(letters.count(ALL)).isEqualTo(17);
    assertThat(letters.count(forJira)).isEqualTo(5);
    assertThat(letters.count(new Filter(DeadLetter.Kind.REPORT, null, true, null, Sight.ALL)))
        .isZero();
    assertThat(tickets).allMatch(id -> requests(id) == 1);

    var redriven = letters.redrive(letters.waiting(forJira, 100), OPERATOR);

    assertThat(redriven).hasSize(5);
    assertThat(tickets).allMatch(id -> requests(id) == 2);
    assertThat(webhooks).allMatch(id -> requests(id) == 1);
    assertThat(letters.count(ALL)).isEqualTo(12);
    assertThat(letters.count(forJira)).isZero();
  }

  @Test
  void what_is_refused_keeps_no_other_from_its_turn() {
    int refused = DeadLetters.REDRIVE_MAX + 5;
    var ids =
        IntStream.range(0, refused + 3).mapToObj(i -> dispatching.forWebhook("w" + i)).toList();
    rejected(ids);
    var oldestFirst = letters.waiting(ALL, 1_000).stream().map(DeadLetter::caseId).toList();
    oldestFirst
        .subList(0, refused)
        .forEach(id -> dispatching.box.say(id, new CaseCommand.Clear("")));

    assertThat(letters.count(ALL)).isEqualTo(refused + 3);
    var tried = letters.redrive(ALL, OPERATOR);

    assertThat(tried).hasSize(refused + 3);
    assertThat(oldestFirst.subList(refused, refused + 3)).allMatch(id -> requests(id) == 2);
    assertThat(letters.count(ALL)).isEqualTo(refused);
  }

  @Test
  void a_report_that_was_held_back_is_taken_in_once() {
    var one = new StormGuard.Cap(1, Duration.ofHours(1));
    try (var guarded = TestBox.guardedBy(new StormGuard(Map.of("default", one)))) {
      var held = new DeadLetters(guarded.postgres().database(), guarded.desk(), guarded.clock());
      var reports =
          IntStream.range(0, 4)
              .mapToObj(i -> Reports.report("storm-" + i, TestBox.START).build())
              .toList();
      guarded.reportAll(reports);
      var waiting = held.waiting(ALL, 10);

      assertThat(held.redrive(waiting, OPERATOR)).hasSize(3);
      held.redrive(waiting, OPERATOR);

      assertThat(held.count(ALL)).isZero();
      assertThat(reports)
          .allMatch(report ->
              guarded.events(report.caseId()).equals(List.of("Opened", "Classified", "Routed")));
    }
  }

  @Test
  void two_operators_at_once_try_each_of_many_again_once() {
    var ids = IntStream.range(0, 40).mapToObj(i -> dispatching.forWebhook("w" + i)).toList();
    var waiting = rejected(ids);
    var backwards = new ArrayList<>(waiting);
    Collections.reverse(backwards);

    var one = CompletableFuture.runAsync(() -> letters.redrive(waiting, OPERATOR));
    var other = CompletableFuture.runAsync(() -> letters.redrive(backwards, OPERATOR));
    CompletableFuture.allOf(one, other).join();

    assertThat(ids).allMatch(id -> requests(id) == 2);
    assertThat(letters.waiting(ALL, 100)).isEmpty();
  }

  @Test
  void a_redrive_while_the_first_is_still_under_way_adds_nothing() throws Exception {
    var id = dispatching.forWebhook("1");
    var waiting = rejected(List.of(id));
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var calls = new ConcurrentHashMap<DispatchId, Integer>();
    letters.redrive(waiting, OPERATOR);
    dispatching.started(
        QUICK,
        Map.of(
            WEBHOOK,
            (dispatch, deadline) -> {
              calls.merge(dispatch.id(), 1, Integer::sum);
              begun.countDown();
              await(go);
              return new Attempt.Delivered(null, false);
            }));
    begun.await();

    letters.redrive(waiting, OPERATOR);
    letters.redrive(letters.waiting(ALL, 10), OPERATOR);
    go.countDown();

    Until.holds(() -> dispatching.isDelivered(id));
    assertThat(calls).containsExactly(Map.entry(dispatching.pending(id), 1));
    assertThat(requests(id)).isEqualTo(2);
  }

  @Test
  void a_crash_before_the_letter_is_marked_doubles_nothing() {
    var id = dispatching.forWebhook("1");
    var waiting = rejected(List.of(id));
    letters.redrive(waiting, OPERATOR);
    dispatching
        .box
        .postgres()
        .asSuperuser()
        .inTransaction(tx -> tx.update("UPDATE dead_letter SET redriven_at = NULL"));

    letters.redrive(letters.waiting(ALL, 10), OPERATOR);

    assertThat(requests(id)).isEqualTo(2);
    assertThat(letters.waiting(ALL, 10)).isEmpty();
  }

  @Test
  void what_fails_again_is_a_new_letter_and_the_old_one_stays() {
    var id = dispatching.forWebhook("1");
    var first = rejected(List.of(id)).getFirst();
    letters.redrive(List.of(first), OPERATOR);

    var second = rejected(List.of(id)).getFirst();

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(letters.waiting(ALL, 10)).containsExactly(second);
  }

  /** Lets the targets refuse what is handed to them; answers the letters that wait then. */
  private List<DeadLetter> rejected(List<CaseId> ids) {
    try (var runner = dispatching.runner(QUICK, Map.of(WEBHOOK, REJECTS, JIRA, REJECTS))) {
      runner.start();
      Until.holds(() ->
          ids.stream()
              .allMatch(id -> dispatching.box.state(id).status() != CaseStatus.PENDING_RESOLUTION));
    }
    return letters.waiting(ALL, 100);
  }

  private long requests(CaseId id) {
    return dispatching.box.events(id).stream().filter("DispatchRequested"::equals).count();
  }

  private static Callback reopened() {
    return new Callback("jira", null, Callback.Verdict.REOPENED, "Won't do", null, null, null);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
