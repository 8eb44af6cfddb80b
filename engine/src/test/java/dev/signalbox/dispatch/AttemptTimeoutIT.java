package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.JIRA;
import static dev.signalbox.dispatch.Dispatching.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.Until;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AttemptTimeoutIT {
  private static final TargetPolicy IMPATIENT = Dispatching.quick(Duration.ofMillis(150));

  private final CountDownLatch never = new CountDownLatch(1);
  @AutoClose private final Dispatching dispatching = new Dispatching();

  /** Before it closes, which waits for what runs. */
  @AfterEach
  void letGo() {
    never.countDown();
  }

  @Test
  void an_outlet_that_never_returns_is_interrupted_and_its_outcome_is_unknown() {
    var id = dispatching.forWebhook("1");
    var dispatch = dispatching.pending(id);
    var interrupted = new AtomicInteger();
    var doubts = new CopyOnWriteArrayList<Boolean>();
    Outlet hanging =
        (attempted, deadline) -> {
          doubts.add(attempted.afterUnknown());
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
          }
          return new Attempt.Delivered("too late", false);
        };
    try (var runner = dispatching.runner(IMPATIENT, Map.of(WEBHOOK, hanging))) {
      runner.start();

      Until.holds(() -> dispatching.isDeadLettered(id));
    }
    assertThat(dispatching.outcomes(dispatch)).containsExactly("UNKNOWN", "UNKNOWN", "UNKNOWN");
    assertThat(doubts).containsExactly(false, true, true);
    Until.holds(() -> interrupted.get() == 3);
    assertThat(dispatching.isDelivered(id)).isFalse();
  }

  @Test
  void not_even_an_outlet_that_ignores_its_interruption_keeps_the_runner() {
    var stubborn = dispatching.forWebhook("stubborn");
    var other = dispatching.forWebhook("other");
    Outlet outlet =
        (attempted, deadline) -> {
          if (attempted.exception().id().equals(stubborn)) {
            waitStubbornly();
          }
          return new Attempt.Delivered(null, false);
        };
    try (var runner = dispatching.runner(IMPATIENT, Map.of(WEBHOOK, outlet))) {
      runner.start();

      Until.holds(() -> dispatching.isDelivered(other));
      Until.holds(() -> dispatching.isDeadLettered(stubborn));
    }
  }

  @Test
  void an_outlet_that_throws_an_error_is_one_of_unknown_outcome() {
    var id = dispatching.forWebhook("1");
    var dispatch = dispatching.pending(id);
    Outlet broken =
        (attempted, deadline) -> {
          throw new NoClassDefFoundError("missing");
        };
    try (var runner = dispatching.runner(IMPATIENT, Map.of(WEBHOOK, broken))) {
      runner.start();

      Until.holds(() -> dispatching.isDeadLettered(id));
    }
    assertThat(dispatching.outcomes(dispatch)).containsOnly("UNKNOWN");
  }

  @Test
  void other_targets_do_not_notice_one_that_hangs() {
    var hanging = List.of("a", "b", "c", "d").stream().map(dispatching::forJira).toList();
    var quick = List.of("e", "f", "g", "h").stream().map(dispatching::forWebhook).toList();
    var begun = new CountDownLatch(2);
    Outlet stuck =
        (attempted, deadline) -> {
          begun.countDown();
          waitStubbornly();
          return new Attempt.Delivered(null, false);
        };
    Outlet prompt =
        (attempted, deadline) -> {
          try {
            begun.await();
          } catch (InterruptedException e) {
            return new Attempt.Unknown("interrupted");
          }
          return new Attempt.Delivered(null, false);
        };
    try (var runner =
        dispatching.runner(
            Dispatching.quick(Duration.ofSeconds(2)), Map.of(JIRA, stuck, WEBHOOK, prompt))) {
      runner.start();

      Until.holds(() -> quick.stream().allMatch(dispatching::isDelivered));
      for (var id : quick) {
        assertThat(dispatching.outcomes(dispatching.pending(id))).containsExactly("DELIVERED");
      }
      assertThat(hanging).noneMatch(dispatching::isDelivered);
    }
  }

  private void waitStubbornly() {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // Goes on waiting.
      }
    }
  }
}
