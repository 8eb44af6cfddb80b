package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.JIRA;
import static dev.signalbox.dispatch.Dispatching.WEBHOOK;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import dev.signalbox.work.DeadLetterTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DispatchRunnerIT {
  private static final TargetPolicy QUICK = Dispatching.quick(Duration.ofSeconds(2));

  private Dispatching dispatching;
  private TestBox box;

  @BeforeEach
  void open() {
    dispatching = new Dispatching();
    box = dispatching.box;
  }

  @AfterEach
  void close() {
    dispatching.close();
  }

  @Test
  void what_is_delivered_is_told_to_the_case_and_waits_for_its_answer() {
    var id = dispatching.forWebhook("1");
    try (var runner =
        running(Map.of(WEBHOOK, (dispatch, deadline) -> new Attempt.Delivered("X-1", false)))) {
      runner.start();

      Until.holds(() -> box.events(id).contains("DispatchDelivered"));
    }
    var pending = requireNonNull(box.state(id).pending());
    assertThat(pending.externalReference()).isEqualTo("X-1");
    assertThat(dispatching.levels()).isEmpty();
  }

  @Test
  void a_failure_is_tried_again_and_when_retries_are_spent_the_case_is_back_with_a_dead_letter() {
    var id = dispatching.forWebhook("1");
    var calls = new AtomicInteger();
    Outlet failing =
        (dispatch, deadline) -> {
          calls.incrementAndGet();
          return new Attempt.RetryLater("503", null);
        };
    try (var runner = running(Map.of(WEBHOOK, failing))) {
      runner.start();

      Until.holds(() -> box.events(id).contains("DispatchDeadLettered"));
    }
    assertThat(calls).hasValue(3);
    assertThat(box.state(id).status()).isEqualTo(CaseStatus.OPEN);
    var letters = new DeadLetters(box.postgres().database(), box.desk(), box.clock());
    var waiting =
        letters.waiting(new DeadLetterTable.Filter(null, null, true, null, Sight.ALL), 10);
    assertThat(waiting).hasSize(1);
    assertThat(waiting.getFirst().reason()).isEqualTo("Not delivered in 3 attempts; the last: 503");

    letters.redrive(waiting, TestBox.SOURCE);
    letters.redrive(waiting, TestBox.SOURCE);

    assertThat(box.state(id).status()).isEqualTo(CaseStatus.PENDING_RESOLUTION);
    assertThat(box.events(id)).filteredOn("DispatchRequested"::equals).hasSize(2);
  }

  @Test
  void a_target_that_is_down_holds_its_work_without_spending_attempts_and_drains_when_it_is_back() {
    var ids =
        List.of(
            dispatching.forWebhook("1"), dispatching.forWebhook("2"), dispatching.forWebhook("3"));
    var down = new AtomicBoolean(true);
    var calls = new AtomicInteger();
    Outlet outlet =
        (dispatch, deadline) -> {
          calls.incrementAndGet();
          return down.get() ? new Attempt.TargetDown("401") : new Attempt.Delivered(null, false);
        };
    try (var runner = running(Map.of(WEBHOOK, outlet))) {
      runner.start();
      Until.holds(() -> calls.get() > 3 * QUICK.retries().attempts());
      assertThat(dispatching.levels()).contains("webhook HELD");
      down.set(false);

      for (var id : ids) {
        Until.holds(() -> box.events(id).contains("DispatchDelivered"));
      }
    }
    assertThat(ids).noneMatch(dispatching::isDeadLettered);
  }

  @Test
  void a_slow_target_slows_nothing_else() {
    var slowId = dispatching.forJira("slow");
    var quickId = dispatching.forWebhook("quick");
    var release = new CountDownLatch(1);
    Outlet slow =
        (dispatch, deadline) -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Attempt.Delivered(null, false);
        };
    try (var runner =
        running(
            Map.of(
                JIRA, slow, WEBHOOK, (dispatch, deadline) -> new Attempt.Delivered("q", false)))) {
      runner.start();

      Until.holds(() -> box.events(quickId).contains("DispatchDelivered"));
      assertThat(box.events(slowId)).doesNotContain("DispatchDelivered");
      release.countDown();
      Until.holds(() -> box.events(slowId).contains("DispatchDelivered"));
    }
  }

  private DispatchRunner running(Map<TargetName, Outlet> outlets) {
    return dispatching.runner(QUICK, outlets);
  }
}
