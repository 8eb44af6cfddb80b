package dev.signalbox.dispatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.outside.Attempt;
import dev.signalbox.testkit.Dispatches;
import dev.signalbox.testkit.Reports;
import dev.signalbox.work.Lease;
import dev.signalbox.work.LeasedWork;
import dev.signalbox.work.WorkItem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AftermathTest {
  private static final Instant NOW = Dispatches.REQUESTED;
  private static final Duration PAUSE = Duration.ofSeconds(15);
  private static final TargetPolicy POLICY =
      new TargetPolicy(
          new RetryPlan(3, Duration.ofSeconds(2), Duration.ofHours(4)),
          2,
          Duration.ofSeconds(30),
          Duration.ofHours(72),
          new Breaker.Policy(20, 5, 0.5, PAUSE));

  /** CRITICAL, so due 24 h after it was requested. */
  private static final WorkItem ITEM = item();

  @Test
  void a_delivery_is_told_with_the_instant_until_which_an_answer_is_awaited() {
    assertThat(after(new Attempt.Delivered("REC-1", false), 1))
        .isEqualTo(
            new Aftermath.Tell(
                new CaseCommand.RecordDelivery(
                    ITEM.dispatch(), "REC-1", NOW.plus(Duration.ofHours(72)))));
  }

  @Test
  void what_the_target_refuses_for_good_is_a_dead_letter_at_once() {
    assertThat(after(new Attempt.RejectedByTarget("400: too long"), 1))
        .isEqualTo(failure("400: too long"));
  }

  @Test
  void a_failure_is_tried_again_with_jitter() {
    assertThat(after(new Attempt.RetryLater("503", null), 1))
        .isEqualTo(new Aftermath.TryLater(Duration.ofSeconds(1), false));
    assertThat(after(new Attempt.Unknown("no answer"), 2))
        .isEqualTo(new Aftermath.TryLater(Duration.ofSeconds(2), true));
  }

  @Test
  void what_the_target_asks_for_is_obeyed_up_to_the_cap() {
    assertThat(after(new Attempt.RetryLater("429", Duration.ofMinutes(10)), 1))
        .isEqualTo(new Aftermath.TryLater(Duration.ofMinutes(10), false));
    assertThat(after(new Attempt.RetryLater("429", Duration.ofDays(100_000)), 1))
        .isEqualTo(new Aftermath.TryLater(Duration.ofHours(4), false));
    assertThat(after(new Attempt.RetryLater("429", Duration.ofSeconds(-1)), 1))
        .isEqualTo(new Aftermath.TryLater(Duration.ofSeconds(1), false));
  }

  @Test
  void no_attempt_waits_beyond_the_due_time_of_the_item() {
    var asked = new Attempt.RetryLater("429", Duration.ofHours(3));
    var due = NOW.plus(Duration.ofHours(24));

    assertThat(after(asked, 1, false, due.minus(Duration.ofMinutes(20))))
        .isEqualTo(new Aftermath.TryLater(Duration.ofMinutes(20), false));
    assertThat(after(asked, 1, true, due.minus(Duration.ofMinutes(20))))
        .isEqualTo(new Aftermath.Hold("429", Duration.ofMinutes(20), false));
    assertThat(after(asked, 1, false, due.plusSeconds(1)))
        .isEqualTo(new Aftermath.TryLater(Duration.ofHours(3), false));
  }

  @Test
  void when_attempts_are_spent_the_dead_letter_says_how_many_and_why() {
    assertThat(after(new Attempt.RetryLater("503", null), 3))
        .isEqualTo(failure("Not delivered in 3 attempts; the last: 503"));
    assertThat(after(new Attempt.Unknown("no answer"), 7))
        .isEqualTo(failure("Not delivered in 7 attempts; the last: no answer"));
  }

  @Test
  void a_look_that_shows_nothing_yet_spends_nothing() {
    var settling = new Attempt.Settling("not yet", Duration.ofSeconds(40));

    assertThat(after(settling, 3)).isEqualTo(new Aftermath.LookAgain(Duration.ofSeconds(40)));
    assertThat(after(settling, 3, true, NOW))
        .isEqualTo(new Aftermath.LookAgain(Duration.ofSeconds(40)));
  }

  @Test
  void a_target_that_is_down_holds_the_work_however_many_attempts_were_made() {
    assertThat(after(new Attempt.TargetDown("401"), 3))
        .isEqualTo(new Aftermath.Hold("401", PAUSE, false));
  }

  @Test
  void a_probe_that_fails_holds_the_work_and_leaves_the_next_probe_to_others() {
    assertThat(after(new Attempt.RetryLater("503", null), 3, true, NOW))
        .isEqualTo(new Aftermath.Hold("503", PAUSE, false));
    assertThat(after(new Attempt.RetryLater("429", Duration.ofMinutes(1)), 3, true, NOW))
        .isEqualTo(new Aftermath.Hold("429", Duration.ofMinutes(1), false));
    assertThat(after(new Attempt.Unknown("no answer"), 3, true, NOW))
        .isEqualTo(new Aftermath.Hold("no answer", PAUSE, true));
  }

  private static Aftermath after(Attempt attempt, int spent) {
    return after(attempt, spent, false, NOW);
  }

  private static Aftermath after(Attempt attempt, int spent, boolean probe, Instant now) {
    var lease = new Lease(ITEM.exception().id(), ITEM.dispatch(), spent, spent, null);
    var work = new LeasedWork(lease, ITEM, spent, false, 0);
    return Aftermath.of(new Aftermath.Made(work, attempt, probe), POLICY, now, 0.5);
  }

  private static Aftermath failure(String reason) {
    return new Aftermath.Tell(new CaseCommand.RecordDeliveryFailure(ITEM.dispatch(), reason));
  }

  private static WorkItem item() {
    var dispatch =
        Dispatches.of(Reports.report("1", NOW.minus(Duration.ofHours(1))).build(), "jira").build();
    var due = requireNonNull(dispatch.exception().classification()).dueAt();
    assertThat(due).isEqualTo(NOW.plus(Duration.ofHours(24)));
    return new WorkItem(dispatch.id(), dispatch.target(), null, dispatch.exception(), null, null);
  }
}
