package dev.signalbox.deadlines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Fallback;
import dev.signalbox.exceptions.FallbackStep;
import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Seeds;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.work.DeadLetter;
import dev.signalbox.work.DeadLetterTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What happens to items nobody takes care of: 24 h, 48 h, 72 h. On one box, whose clock moves on.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbackIT {
  private static final Reviewer ANA = new Reviewer("ana", List.of("ANALYST"));
  private static TestBox box;
  private static int items;

  @BeforeAll
  static void open() {
    box = TestBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @Test
  void nobody_takes_care_so_it_is_reminded_of_reassigned_and_put_away_held() {
    var start = now();
    var id = reported();
    assertThat(ahead(id))
        .containsExactly(
            new Fallback.Planned(new FallbackStep.Remind(hours(24)), start.plus(hours(24))),
            new Fallback.Planned(
                new FallbackStep.Reassign(hours(48), new QueueName("secondary")),
                start.plus(hours(48))),
            new Fallback.Planned(
                new FallbackStep.DeadLetter(hours(72), new QueueName("compliance")),
                start.plus(hours(72))));

    pass(hours(24).minusNanos(1_000));
    assertThat(chainOf(id)).isEmpty();
    pass(Duration.ofNanos(1_000));
    assertThat(chainOf(id)).containsExactly("Reminded");
    assertThat(box.state(id).status()).isEqualTo(CaseStatus.OPEN);

    pass(hours(24));
    assertThat(chainOf(id)).containsExactly("Reminded", "Escalated");
    assertThat(box.state(id).status()).isEqualTo(CaseStatus.ESCALATED);
    assertThat(box.state(id).escalationLevel()).isEqualTo(1);
    assertThat(requireNonNull(box.state(id).route()).queue()).isEqualTo(new QueueName("secondary"));

    pass(hours(24));
    var dead = box.state(id);
    assertThat(chainOf(id)).containsExactly("Reminded", "Escalated", "DeadLettered", "HoldPlaced");
    assertThat(dead.status()).isEqualTo(CaseStatus.DEAD_LETTERED);
    assertThat(dead.deadLetterReason()).isEqualTo("FALLBACK: Nobody settled it within 72 h.");
    assertThat(requireNonNull(dead.route()).queue()).isEqualTo(new QueueName("compliance"));
    assertThat(dead.standing().holds())
        .singleElement()
        .satisfies(hold -> {
          assertThat(hold.scope()).isEqualTo(new Hold.Scope(Hold.Kind.ITEM, id.toString()));
          assertThat(hold.by()).isNull();
        });
    assertThat(dead.nextStep()).isNull();
    assertThat(deadLetters(id)).isEqualTo(1);
  }

  @Test
  void whoever_redrives_a_dead_letter_starts_its_chain_anew_and_the_hold_stays() {
    var id = reported();
    pass(hours(72));

    box.desk().handle(Request.of(id, new Ask.Redrive("Found the cause."), TestBox.SOURCE));

    assertThat(box.state(id).status()).isEqualTo(CaseStatus.OPEN);
    assertThat(requireNonNull(box.state(id).nextStep()).at()).isEqualTo(now().plus(hours(24)));
    assertThat(box.state(id).standing().holds()).hasSize(1);
    assertThat(deadLetters(id)).isZero();
    pass(hours(72));
    assertThat(box.state(id).standing().holds()).as("held once").hasSize(1);
  }

  @Test
  void a_reviewer_who_sits_on_it_loses_it_at_the_second_step() {
    var id = reported();
    box.say(id, new CaseCommand.StartReview(ANA));

    pass(hours(24));
    assertThat(box.state(id).assignee()).isEqualTo("ana");
    pass(hours(24));

    assertThat(box.state(id).status()).isEqualTo(CaseStatus.ESCALATED);
    assertThat(box.state(id).assignee()).isNull();
  }

  @Test
  void what_is_settled_falls_back_no_more() {
    var id = reported();
    box.say(id, new CaseCommand.Clear(null));

    pass(hours(100));

    assertThat(chainOf(id)).isEmpty();
    assertThat(box.state(id).standing().fallback()).isNull();
  }

  @Test
  void who_slept_through_the_chain_takes_each_step_once_and_in_order() {
    var id = reported();

    pass(hours(500));

    assertThat(chainOf(id)).containsExactly("Reminded", "Escalated", "DeadLettered", "HoldPlaced");
    assertThat(dues(id)).isSorted().hasSize(3);
  }

  @Test
  void a_later_ruleset_does_not_bend_a_chain_that_runs() {
    var early = reported();
    try (var hasty = TestBox.standardBut("ruleset.yaml", "remind: 24h", "remind: 1h # at once")) {
      box.decideBy(hasty);
      var late = reported();
      pass(hours(1));
      assertThat(chainOf(late)).containsExactly("Reminded");
      assertThat(chainOf(early)).isEmpty();
      pass(hours(23));
      assertThat(chainOf(early)).containsExactly("Reminded");
    } finally {
      box.decideBy(TestBox.rules());
    }
  }

  /** Over a weekend on which clocks go forward, the close of March, and Easter. */
  @Test
  void working_hours_count_over_a_clock_change_and_a_months_close_whatever_restarts() {
    var office =
        """
        zone: Europe/Berlin
        hours: ["09:00-17:00"]
        holidays: ["2026-04-03", "2026-04-06"]
        monthEnd: {last: 2, first: 1, hours: ["07:00-22:00"]}
        """;
    // Friday, 16:00 in Berlin.
    assertThat(chainOver(office, "2026-03-27T15:00:00Z", "2026-04-10T00:00:00Z"))
        .containsExactly(
            Instant.parse("2026-03-31T13:00:00Z"),
            Instant.parse("2026-04-02T09:00:00Z"),
            Instant.parse("2026-04-09T09:00:00Z"));
  }

  /** On October 25 it is twice 02:30 in Berlin: the night is an hour longer. */
  @Test
  void the_hour_that_happens_twice_counts_twice_and_no_step_in_it_happens_twice() {
    var nights =
        """
        zone: Europe/Berlin
        days: [MON, TUE, WED, THU, FRI, SAT, SUN]
        hours: ["01:00-05:00"]
        """;
    // Monday, 03:30 in Berlin: until the long night there are 21.5 hours.
    assertThat(chainOver(nights, "2026-10-19T01:30:00Z", "2026-11-07T00:00:00Z"))
        .containsExactly(
            // 02:30 for the second time; the first was at 00:30 in UTC.
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2026-10-31T01:30:00Z"),
            Instant.parse("2026-11-06T01:30:00Z"));
  }

  /**
   * When the steps of a chain are due that begins with a calendar, while nodes come and go and
   * another ruleset decides.
   */
  private static List<Instant> chainOver(String calendar, String from, String until) {
    try (var own = TestBox.open();
        var working = TestBox.standardWith("calendars/own.yaml", calendar, "calendar: own")) {
      own.decideBy(working);
      own.clock().advance(Duration.between(TestBox.START, Instant.parse(from)));
      var report = Reports.report("office", own.clock().instant()).build();
      own.report(report);
      own.decideBy(TestBox.rules());

      while (own.clock().instant().isBefore(Instant.parse(until))) {
        own.clock().advance(Duration.ofMinutes(337));
        // Each round is that of a node that has just started.
        try (var node = new Deadlines(own.postgres().database(), own.desk(), own.clock())) {
          while (node.catchUp()) {
            // One batch after the other.
          }
        }
      }

      var steps =
          own.history(report.caseId()).stream()
              .filter(entry -> dueAt(entry.event()) != null)
              .toList();
      assertThat(steps)
          .allSatisfy(entry ->
              assertThat(entry.at())
                  .isBetween(dueAt(entry.event()), later(requireNonNull(dueAt(entry.event())))));
      assertThat(own.state(report.caseId()).status()).isEqualTo(CaseStatus.DEAD_LETTERED);
      return steps.stream().map(entry -> requireNonNull(dueAt(entry.event()))).toList();
    }
  }

  private static Instant later(Instant due) {
    return due.plus(Duration.ofMinutes(337));
  }

  @Test
  void while_an_outside_system_has_it_the_chain_rests() {
    var id = reported();
    pass(hours(10));
    box.say(id, new CaseCommand.RequestDispatch(new TargetName("jira"), null, null));
    assertThat(box.state(id).nextStep()).isNull();
    pass(hours(100));
    assertThat(chainOf(id)).isEmpty();

    var dispatch = requireNonNull(box.state(id).pending()).id();
    box.say(id, new CaseCommand.RecordDeliveryFailure(dispatch, "It said 400."));

    assertThat(requireNonNull(box.state(id).nextStep()).at()).isEqualTo(now().plus(hours(14)));
  }

  @Test
  void what_goes_outside_at_once_has_its_whole_chain_when_it_comes_back() {
    var report =
        Reports.report("item-" + items++, now()).because(ReasonCode.MISSING_RECORD).build();
    box.report(report);
    var id = report.caseId();
    var pending = requireNonNull(box.state(id).pending());
    pass(hours(50));

    box.say(id, new CaseCommand.RecordDeliveryFailure(pending.id(), "It said 400."));

    assertThat(requireNonNull(box.state(id).nextStep()).at()).isEqualTo(now().plus(hours(24)));
  }

  @Test
  void an_item_that_rests_is_late_by_the_time_for_which_it_rested() {
    try (var lenient = lenient()) {
      box.decideBy(lenient);
      var id = reported();
      pass(hours(10));
      assertThat(snooze(id, now().plus(hours(30)))).isInstanceOf(Receipt.Done.class);

      pass(hours(29));
      assertThat(chainOf(id)).containsExactly("Snoozed");
      var due = requireNonNull(box.state(id).classification()).dueAt();
      pass(hours(1));

      assertThat(chainOf(id)).containsExactly("Snoozed", "Woken");
      assertThat(requireNonNull(box.state(id).nextStep()).at()).isEqualTo(now().plus(hours(14)));
      assertThat(requireNonNull(box.state(id).classification()).dueAt())
          .isEqualTo(due.plus(hours(30)));
    } finally {
      box.decideBy(TestBox.rules());
    }
  }

  @Test
  void whoever_wakes_it_early_gives_back_the_rest() {
    try (var lenient = lenient()) {
      box.decideBy(lenient);
      var id = reported();
      snooze(id, now().plus(hours(40)));
      pass(hours(5));

      box.say(id, new CaseCommand.Wake("sue"));

      assertThat(requireNonNull(box.state(id).nextStep()).at()).isEqualTo(now().plus(hours(24)));
      assertThat(box.state(id).standing().pause()).isNull();
    } finally {
      box.decideBy(TestBox.rules());
    }
  }

  @Test
  void rules_say_whether_an_item_may_rest_and_for_how_long() {
    var id = reported();
    assertThat(refusal(snooze(id, now().plus(hours(1)))))
        .isEqualTo(
            "The rules do not let exceptions of the context \"default\" rest. Maybe set the"
                + " duration \"snoozeAtMost\" in ruleset.yaml.");
    try (var lenient = lenient()) {
      box.decideBy(lenient);
      assertThat(refusal(snooze(id, now().plus(hours(49)))))
          .isEqualTo(
              "It may rest until %s at the latest, and from now on; not until %s."
                  .formatted(now().plus(hours(48)), now().plus(hours(49))));
    } finally {
      box.decideBy(TestBox.rules());
    }
  }

  @Test
  void however_a_node_sleeps_nothing_is_skipped_and_nothing_happens_twice() {
    Seeds.each(
        3,
        random -> {
          var ids = new ArrayList<CaseId>();
          for (int i = 0; i < 12; i++) {
            ids.add(reported());
            box.clock().advance(Duration.ofMinutes(random.nextInt(600)));
          }
          var end = now().plus(hours(80));
          while (now().isBefore(end)) {
            interfered(random, ids);
            pass(Duration.ofMinutes(1 + random.nextInt(2_000)));
          }
          for (var id : ids) {
            var state = box.state(id);
            assertThat(dues(id)).isSorted().doesNotHaveDuplicates();
            if (state.status() == CaseStatus.DEAD_LETTERED) {
              assertThat(chainOf(id).stream().filter(name -> !name.equals("HoldPlaced")))
                  .containsExactly("Reminded", "Escalated", "DeadLettered");
            } else {
              assertThat(state.nextTimer() == null || state.nextTimer().at().isAfter(now()))
                  .isTrue();
            }
          }
        });
  }

  /** People take, settle and hand out while the chains run. */
  private static void interfered(Random random, List<CaseId> ids) {
    var id = ids.get(random.nextInt(ids.size()));
    switch (random.nextInt(5)) {
      case 0 -> box.say(id, new CaseCommand.StartReview(ANA));
      case 1 -> box.say(id, new CaseCommand.Clear(null));
      case 2 -> box.say(id, new CaseCommand.RequestDispatch(new TargetName("jira"), null, null));
      case 3 -> {
        var pending = box.state(id).pending();
        if (pending != null) {
          box.say(id, new CaseCommand.RecordDeliveryFailure(pending.id(), "It said 400."));
        }
      }
      default -> box.say(id, new CaseCommand.Assign("ben"));
    }
  }

  private static Rulebook lenient() {
    return TestBox.standardBut("ruleset.yaml", "remind: 24h", "remind: 24h\n    snoozeAtMost: 48h");
  }

  private static Receipt snooze(CaseId id, Instant until) {
    return box.desk()
        .handle(Request.of(id, new Ask.Snooze(until, "They look.", "sue"), TestBox.SOURCE));
  }

  private static String refusal(Receipt receipt) {
    return ((Receipt.Refused) receipt).refusal().detail();
  }

  private static CaseId reported() {
    var report = Reports.report("item-" + items++, now()).build();
    box.report(report);
    return report.caseId();
  }

  private static List<Fallback.Planned> ahead(CaseId id) {
    return requireNonNull(box.state(id).standing().fallback()).ahead();
  }

  /** What its chain did, and pauses. */
  private static List<String> chainOf(CaseId id) {
    return box.history(id).stream()
        .map(entry -> entry.event())
        .filter(event ->
            event instanceof CaseEvent.OfTime
                || event instanceof CaseEvent.HoldPlaced
                || event instanceof CaseEvent.Escalated)
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }

  private static List<Instant> dues(CaseId id) {
    return box.history(id).stream()
        .map(entry -> dueAt(entry.event()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable Instant dueAt(CaseEvent event) {
    return switch (event) {
      case CaseEvent.Reminded e -> e.dueAt();
      case CaseEvent.Escalated e -> e.dueAt();
      case CaseEvent.DeadLettered e -> e.dueAt();
      default -> null;
    };
  }

  private static long deadLetters(CaseId id) {
    var waiting = new DeadLetterTable.Filter(DeadLetter.Kind.CASE, null, true, null, Sight.ALL);
    return box
        .postgres()
        .database()
        .read(tx -> DeadLetterTable.page(tx, waiting, null, 200))
        .stream()
        .filter(letter -> letter.caseId().equals(id))
        .count();
  }

  private static Instant now() {
    return box.clock().instant();
  }

  private static void pass(Duration time) {
    box.clock().advance(time);
    box.letTimersHappen();
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }
}
