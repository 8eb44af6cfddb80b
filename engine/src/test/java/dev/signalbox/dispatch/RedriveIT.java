package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.JIRA;
import static dev.signalbox.dispatch.Dispatching.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.audit.AuditVerify;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import dev.signalbox.work.DeadLetter;
import dev.signalbox.work.DeadLetterTable;
import dev.signalbox.work.DeadLetterTable.Filter;
import dev.signalbox.work.LeasedWork;
import dev.signalbox.work.WorkTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a redrive takes up: the same handing over, or the decision. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedriveIT {
  private static final int ATTEMPTS = 3;
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
  void what_is_tried_again_keeps_its_id_and_its_doubt_and_gets_all_its_attempts_anew() {
    var id = dispatching.forJira("1");
    var attempts = new CopyOnWriteArrayList<Dispatch>();
    dispatching.started(
        QUICK,
        Map.of(
            JIRA,
            (dispatch, deadline) -> {
              attempts.add(dispatch);
              return attempts.size() < 2 * ATTEMPTS
                  ? new Attempt.Unknown("no answer")
                  : new Attempt.Delivered("X-1", true);
            }));
    Until.holds(() -> dispatching.isDeadLettered(id));

    letters.redrive(ALL, OPERATOR);

    Until.holds(() -> dispatching.isDelivered(id));
    assertThat(attempts).hasSize(2 * ATTEMPTS);
    assertThat(attempts).extracting(Dispatch::id).containsOnly(dispatching.pending(id));
    assertThat(attempts).extracting(Dispatch::attempt).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(attempts.get(ATTEMPTS).afterUnknown()).isTrue();
  }

  @Test
  void a_lease_from_before_a_redrive_is_worth_nothing_after_it() {
    var id = dispatching.forWebhook("1");
    var old = lease(Duration.ZERO);
    try (var runner = dispatching.runner(QUICK, Map.of(WEBHOOK, REJECTS))) {
      runner.start();
      Until.holds(() -> dispatching.isDeadLettered(id));
    }
    letters.redrive(ALL, OPERATOR);
    lease(Duration.ofMinutes(1));

    var told =
        dispatching
            .box
            .desk()
            .handle(
                Request.say(
                        id,
                        new CaseCommand.RecordDelivery(old.item().dispatch(), "late", null),
                        OPERATOR)
                    .under(old.lease()));

    assertThat(told).isEqualTo(new Receipt.LeaseLost());
    assertThat(dispatching.isDelivered(id)).isFalse();
  }

  @Test
  void an_exception_that_no_rule_routes_is_one_and_a_redrive_decides_it_again(
      @TempDir Path folder) {
    var box = dispatching.box;
    var cases = new Filter(DeadLetter.Kind.CASE, null, true, null, Sight.ALL);
    var report = Reports.report("unrouted", TestBox.START).build();
    try (var silent =
        RulesetFolder.in(folder)
            .route(RulesetFolder.rule("never", "Item( recurrences > 9 )", "route.to(\"x\");"))
            .load()) {
      box.decideBy(silent);
      box.report(report);
      var letter = letters.waiting(cases, 10).getFirst();
      assertThat(letter.caseId()).isEqualTo(report.caseId());
      assertThat(letter.reason())
          .startsWith("UNROUTED: No rule of small@")
          .endsWith("routes the item.");
      assertThat(box.state(report.caseId()).status()).isEqualTo(CaseStatus.DEAD_LETTERED);

      letters.redrive(List.of(letter), OPERATOR);

      assertThat(letters.waiting(cases, 10)).hasSize(1).doesNotContain(letter);
      assertThat(box.state(report.caseId()).status()).isEqualTo(CaseStatus.DEAD_LETTERED);
    } finally {
      box.decideBy(TestBox.rules());
    }

    var redriven = letters.redrive(cases, OPERATOR);

    assertThat(redriven).hasSize(1);
    assertThat(letters.count(cases)).isZero();
    assertThat(box.state(report.caseId()).status()).isEqualTo(CaseStatus.OPEN);
    assertThat(box.events(report.caseId()))
        .containsExactly(
            "Opened",
            "Classified",
            "Routed",
            "Redriven",
            "Classified",
            "Routed",
            "Redriven",
            "Classified",
            "Routed");
    var kept =
        box.postgres()
            .database()
            .read(tx ->
                DeadLetterTable.page(tx, new Filter(null, null, false, null, Sight.ALL), null, 10));
    assertThat(kept).extracting(DeadLetter::redrivenBy).containsExactly("operator", "operator");
  }

  private LeasedWork lease(Duration length) {
    return dispatching
        .box
        .postgres()
        .database()
        .inTransaction(tx -> WorkTable.lease(tx, WEBHOOK, 1, length))
        .getFirst();
  }
}
