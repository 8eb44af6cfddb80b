package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.JIRA;
import static dev.signalbox.dispatch.Dispatching.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.Until;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a node does with its work when it stops. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShutdownIT {
  private static final Duration SOON = Duration.ofMillis(100);

  /** One attempt, so that a wrongly counted one would be the last; leases of 70 s. */
  private static final TargetPolicy ONCE =
      new TargetPolicy(
          new RetryPlan(1, Duration.ofMillis(5), Duration.ofMillis(50)),
          2,
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Breaker.Policy.STANDARD);

  private final List<Dispatch> attempts = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  @AutoClose private final Dispatching dispatching = new Dispatching();

  /** Before it closes, which waits for what runs. */
  @AfterEach
  void letGo() {
    never.countDown();
  }

  @Test
  void what_can_be_finished_in_time_is_finished() throws Exception {
    var id = dispatching.forWebhook("1");
    var runner =
        started((dispatch, deadline) -> {
          begun.countDown();
          return hung(Duration.ofMillis(300))
              ? new Attempt.Delivered("X-1", false)
              : new Attempt.Unknown("interrupted");
        });
    begun.await();

    runner.close(Duration.ofSeconds(10));

    assertThat(dispatching.isDelivered(id)).isTrue();
    assertThat(dispatching.levels()).isEmpty();
  }

  @Test
  void what_still_runs_is_interrupted_and_handed_back_in_doubt_at_no_attempts_cost()
      throws Exception {
    var id = dispatching.forWebhook("1");
    var runner =
        started((dispatch, deadline) -> {
          begun.countDown();
          hung(Duration.ofMinutes(1));
          return new Attempt.Unknown("interrupted");
        });
    begun.await();
    runner.close(SOON);
    assertThat(dispatching.isDeadLettered(id)).isFalse();

    started((dispatch, deadline) -> {
      attempts.add(dispatch);
      return new Attempt.Delivered(null, false);
    });

    Until.holds(Duration.ofSeconds(5), () -> dispatching.isDelivered(id));
    assertThat(attempts).extracting(Dispatch::afterUnknown).containsExactly(true);
    assertThat(dispatching.outcomes(dispatching.pending(id)))
        .containsExactly("UNKNOWN", "DELIVERED");
  }

  @Test
  void all_targets_share_the_time_there_is() throws Exception {
    dispatching.forWebhook("1");
    dispatching.forJira("2");
    Outlet hanging =
        (dispatch, deadline) -> {
          begun.countDown();
          hung(Duration.ofMinutes(1));
          return new Attempt.Unknown("interrupted");
        };
    var runner = dispatching.runner(ONCE, Map.of(WEBHOOK, hanging, JIRA, hanging));
    runner.start();
    begun.await();
    long began = System.nanoTime();

    runner.close(Duration.ofSeconds(1));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void nothing_is_begun_after_it() {
    var runner =
        started((dispatch, deadline) -> {
          attempts.add(dispatch);
          return new Attempt.Delivered(null, false);
        });
    runner.close(SOON);

    dispatching.forWebhook("1");
    runner.ring(Set.of(WEBHOOK));

    started((dispatch, deadline) -> new Attempt.Delivered(null, false));
    Until.holds(() -> dispatching.levels().isEmpty());
    assertThat(attempts).isEmpty();
  }

  private DispatchRunner started(Outlet outlet) {
    return dispatching.started(ONCE, Map.of(WEBHOOK, outlet));
  }

  /** Whether it waited as long as that, and nobody interrupted it. */
  private boolean hung(Duration length) {
    try {
      return !never.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
