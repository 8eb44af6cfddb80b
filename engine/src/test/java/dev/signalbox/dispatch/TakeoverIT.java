package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestClock;
import dev.signalbox.testkit.Until;
import dev.signalbox.work.DeadLetter;
import dev.signalbox.work.DeadLetterTable;
import dev.signalbox.work.LeasedWork;
import dev.signalbox.work.PutBack;
import dev.signalbox.work.WorkTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What becomes of work whose node died or froze. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TakeoverIT {
  private static final TargetPolicy QUICK = Dispatching.quick(Duration.ofSeconds(2));

  /** More than there are attempts, and more failures than open the breaker. */
  private static final int LOOKS = 8;

  private final List<Dispatch> attempts = new CopyOnWriteArrayList<>();
  @AutoClose private final Dispatching dispatching = new Dispatching();

  @Test
  void the_attempt_of_a_node_that_died_is_one_of_unknown_outcome() {
    var id = dispatching.forWebhook("1");
    var dispatch = dispatching.pending(id);
    lease(Duration.ofMillis(1));

    run((attempted, deadline) -> {
      attempts.add(attempted);
      return new Attempt.Delivered(null, true);
    });

    Until.holds(() -> dispatching.isDelivered(id));
    assertThat(attempts).hasSize(1);
    assertThat(attempts.getFirst().afterUnknown()).isTrue();
    assertThat(attempts.getFirst().attempt()).isEqualTo(2);
    assertThat(dispatching.outcomes(dispatch)).containsExactly("UNKNOWN", "ADOPTED");
  }

  @Test
  void a_doubt_stays_until_the_end() {
    var id = dispatching.forWebhook("1");
    lease(Duration.ofMillis(1));

    run((attempted, deadline) -> {
      attempts.add(attempted);
      return attempts.size() == 1
          ? new Attempt.RetryLater("503", null)
          : new Attempt.Delivered(null, true);
    });

    Until.holds(() -> dispatching.isDelivered(id));
    assertThat(attempts).extracting(Dispatch::afterUnknown).containsExactly(true, true);
  }

  @Test
  void looking_for_an_earlier_attempt_opens_no_breaker_and_spends_no_attempt() {
    var id = dispatching.forWebhook("1");
    var dispatch = dispatching.pending(id);
    lease(Duration.ofMillis(1));

    var runner =
        dispatching.started(
            QUICK,
            Map.of(
                WEBHOOK,
                (attempted, deadline) -> {
                  attempts.add(attempted);
                  return attempts.size() <= LOOKS
                      ? new Attempt.Settling("not shown yet", Duration.ofMillis(1))
                      : new Attempt.Delivered("X-1", true);
                }));

    Until.holds(() -> dispatching.isDelivered(id));
    assertThat(attempts).hasSize(LOOKS + 1).allMatch(Dispatch::afterUnknown);
    assertThat(runner.breakers()).containsExactly(Map.entry(WEBHOOK, "CLOSED"));
    assertThat(dispatching.outcomes(dispatch))
        .startsWith("UNKNOWN", "SETTLING")
        .endsWith("ADOPTED");
  }

  @Test
  void work_that_takes_its_node_down_every_time_becomes_a_dead_letter() {
    var id = dispatching.forWebhook("1");
    var dispatch = dispatching.pending(id);
    for (int death = 0; death < Aftermath.UNTOLD_MAX; death++) {
      lease(Duration.ZERO);
    }

    run((attempted, deadline) -> {
      attempts.add(attempted);
      return new Attempt.Delivered(null, false);
    });

    Until.holds(() -> dispatching.isDeadLettered(id));
    assertThat(attempts).isEmpty();
    assertThat(dispatching.levels()).isEmpty();
    assertThat(dispatching.outcomes(dispatch))
        .hasSize(Aftermath.UNTOLD_MAX)
        .containsOnly("UNKNOWN");
    assertThat(waitingLetters())
        .extracting(DeadLetter::reason)
        .containsExactly(
            "Given up: 5 leases in a row ended without a word, so its node died or froze each"
                + " time.");
  }

  @Test
  void a_word_in_between_begins_the_count_anew() {
    var id = dispatching.forWebhook("1");
    for (int round = 0; round < 2; round++) {
      for (int death = 1; death < Aftermath.UNTOLD_MAX; death++) {
        lease(Duration.ZERO);
      }
      var told = lease(Duration.ofMinutes(1)).lease();
      dispatching
          .box
          .postgres()
          .database()
          .inTransaction(tx -> WorkTable.putBack(tx, told, PutBack.brokenOff()));
    }

    run((attempted, deadline) -> new Attempt.Delivered(null, true));

    Until.holds(() -> dispatching.isDelivered(id));
  }

  private List<DeadLetter> waitingLetters() {
    return dispatching
        .box
        .postgres()
        .database()
        .read(tx ->
            DeadLetterTable.page(
                tx, new DeadLetterTable.Filter(null, null, true, null, Sight.ALL), null, 10));
  }

  @Test
  void a_failure_that_was_told_leaves_no_doubt() {
    var id = dispatching.forWebhook("1");

    run((attempted, deadline) -> {
      attempts.add(attempted);
      return attempts.size() == 1
          ? new Attempt.RetryLater("503", null)
          : new Attempt.Delivered(null, false);
    });

    Until.holds(() -> dispatching.isDelivered(id));
    assertThat(attempts).extracting(Dispatch::afterUnknown).containsExactly(false, false);
  }

  @Test
  void a_node_that_froze_past_its_lease_changes_nothing_when_it_wakes() {
    var id = dispatching.forWebhook("1");
    var frozen = lease(Duration.ofMillis(1));
    Until.holds(() -> !leaseAll(Duration.ofMinutes(1)).isEmpty());

    var told =
        dispatching
            .box
            .desk()
            .handle(
                Request.say(
                        id,
                        new CaseCommand.RecordDelivery(frozen.item().dispatch(), "late", null),
                        TestBox.SOURCE)
                    .under(frozen.lease()));
    var putBack =
        dispatching
            .box
            .postgres()
            .database()
            .inTransaction(
                tx -> WorkTable.putBack(tx, frozen.lease(), PutBack.later(Duration.ZERO, false)));

    assertThat(told).isEqualTo(new Receipt.LeaseLost());
    assertThat(putBack).isFalse();
    assertThat(dispatching.isDelivered(id)).isFalse();
    assertThat(leaseAll(Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void a_node_that_froze_between_the_lease_and_the_call_makes_no_call() {
    var id = dispatching.forWebhook("1");
    var clock = new TestClock(TestBox.START);
    var calls = new AtomicInteger();
    Outlet outlet =
        (attempted, deadline) -> {
          calls.incrementAndGet();
          return new Attempt.Delivered(null, false);
        };
    var rounds = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor();
        var frozen =
            new DispatchRunner(
                Map.of(WEBHOOK, new DispatchRunner.Target(outlet, QUICK)),
                new DispatchRunner.With(
                    dispatching.box.postgres().database(),
                    dispatching.box.desk(),
                    Signals.none(),
                    task -> {
                      // The first task is the runner itself; the next would make the attempt.
                      if (rounds.getAndIncrement() == 1) {
                        clock.advance(QUICK.lease());
                      }
                      executor.execute(task);
                    },
                    clock,
                    () -> 0.5))) {
      frozen.start();
      Until.holds(() -> rounds.get() >= 2);
    }

    assertThat(calls).hasValue(0);
    assertThat(dispatching.isDelivered(id)).isFalse();
    assertThat(dispatching.levels()).containsExactly("webhook READY");
  }

  private LeasedWork lease(Duration length) {
    var leased = leaseAll(length);
    assertThat(leased).hasSize(1);
    return leased.getFirst();
  }

  private List<LeasedWork> leaseAll(Duration length) {
    return dispatching
        .box
        .postgres()
        .database()
        .inTransaction(tx -> WorkTable.lease(tx, WEBHOOK, 10, length));
  }

  private void run(Outlet outlet) {
    dispatching.started(QUICK, Map.of(WEBHOOK, outlet));
  }
}
