package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.Until;
import dev.signalbox.work.WorkTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What becomes of work while its target is down. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeldIT {
  /** Opens at the second failure, and probes often. */
  private static final TargetPolicy QUICK =
      new TargetPolicy(
          new RetryPlan(3, Duration.ofMillis(5), Duration.ofMillis(50)),
          2,
          Duration.ofSeconds(2),
          Duration.ofHours(1),
          new Breaker.Policy(10, 2, 0.5, Duration.ofMillis(40)));

  private static final Outlet DOWN = (dispatch, deadline) -> new Attempt.TargetDown("401");
  private static final Outlet UP = (dispatch, deadline) -> new Attempt.Delivered(null, false);

  private final List<Dispatch> attempts = new CopyOnWriteArrayList<>();
  @AutoClose private final Dispatching dispatching = new Dispatching();

  @Test
  void a_probe_that_fails_spends_no_attempt() {
    var id = dispatching.forWebhook("1");
    var recovered = new AtomicBoolean();
    run((dispatch, deadline) -> {
      attempts.add(dispatch);
      return recovered.get()
          ? new Attempt.Delivered(null, false)
          : new Attempt.RetryLater("503", null);
    });

    Until.holds(() -> attempts.size() >= 8 || dispatching.isDeadLettered(id));
    assertThat(dispatching.isDeadLettered(id)).isFalse();
    recovered.set(true);

    Until.holds(() -> dispatching.isDelivered(id));
  }

  @Test
  void a_probe_of_unknown_outcome_leaves_its_doubt() {
    var id = dispatching.forWebhook("1");
    run((dispatch, deadline) -> {
      attempts.add(dispatch);
      return switch (attempts.size()) {
        case 1, 2 -> new Attempt.RetryLater("503", null);
        case 3 -> new Attempt.Unknown("no answer");
        default -> new Attempt.Delivered(null, false);
      };
    });

    Until.holds(() -> dispatching.isDelivered(id));

    assertThat(attempts)
        .extracting(Dispatch::afterUnknown)
        .containsExactly(false, false, false, true);
  }

  @Test
  void one_item_that_always_fails_does_not_keep_the_others_from_probing() {
    var poison = dispatching.forWebhook("poison");
    run((dispatch, deadline) ->
        dispatch.exception().id().equals(poison)
            ? new Attempt.TargetDown("403 for this one")
            : new Attempt.Delivered(null, false));
    Until.holds(() -> dispatching.levels().contains("webhook HELD"));

    var others = Stream.of("a", "b", "c", "d", "e", "f").map(dispatching::forWebhook).toList();

    Until.holds(() -> others.stream().allMatch(dispatching::isDelivered));
    assertThat(dispatching.isDeadLettered(poison)).isFalse();
    Until.holds(() -> dispatching.levels().equals(List.of("webhook HELD")));
  }

  @Test
  void what_a_node_held_that_died_is_done_by_a_node_that_lives() throws Exception {
    var begun = new CountDownLatch(2);
    var go = new CountDownLatch(1);
    dispatching.forWebhook("1");
    dispatching.forWebhook("2");
    run((dispatch, deadline) -> {
      begun.countDown();
      await(go);
      return new Attempt.Delivered(null, false);
    });
    begun.await();

    var held = dispatching.forWebhook("3");
    assertThat(hold()).isEqualTo(1);
    go.countDown();

    Until.holds(() -> dispatching.isDelivered(held));
  }

  @Test
  void what_was_held_before_a_restart_is_done_after_it() {
    var ids = Set.of(dispatching.forWebhook("1"), dispatching.forWebhook("2"));
    try (var before = dispatching.runner(QUICK, Map.of(WEBHOOK, DOWN))) {
      before.start();
      Until.holds(() -> dispatching.levels().equals(List.of("webhook HELD")));
    }

    run(UP);

    Until.holds(() -> ids.stream().allMatch(dispatching::isDelivered));
    assertThat(dispatching.levels()).isEmpty();
  }

  @Test
  void what_was_held_for_want_of_a_target_is_done_once_it_is_configured() {
    var id = dispatching.forWebhook("1");
    dispatching.runner(QUICK, Map.of()).holdUnconfigured();
    assertThat(dispatching.levels()).containsExactly("webhook HELD");

    run(UP);

    Until.holds(() -> dispatching.isDelivered(id));
  }

  @Test
  void work_for_a_target_that_is_not_configured_is_shown_as_held_when_it_comes() {
    var runner = dispatching.runner(QUICK, Map.of());
    runner.holdUnconfigured();
    dispatching.box.onCommit(brought -> runner.ring(brought.targets()));

    dispatching.forWebhook("1");
    runner.holdUnconfigured();

    assertThat(dispatching.levels()).containsExactly("webhook HELD");
  }

  @Test
  void a_node_that_cannot_reach_the_target_leaves_the_work_to_one_that_can() {
    run(DOWN);
    Set<CaseId> ids = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      ids.add(dispatching.forWebhook("item-" + i));
    }
    Until.holds(() -> dispatching.levels().equals(List.of("webhook HELD")));

    run(UP);

    Until.holds(() -> ids.stream().allMatch(dispatching::isDelivered));
    assertThat(ids).noneMatch(dispatching::isDeadLettered);
  }

  private int hold() {
    return dispatching
        .box
        .postgres()
        .database()
        .inTransaction(tx -> WorkTable.showHeld(tx, WEBHOOK, "Held by another node."));
  }

  private void run(Outlet outlet) {
    dispatching.started(QUICK, Map.of(WEBHOOK, outlet));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
