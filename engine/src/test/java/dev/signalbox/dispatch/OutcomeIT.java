package dev.signalbox.dispatch;

import static dev.signalbox.dispatch.Dispatching.JIRA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.db.Unavailable;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What becomes of an outcome when PostgreSQL is away as the attempt ends. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomeIT {
  private static final TargetPolicy QUICK = Dispatching.quick(Duration.ofSeconds(20));

  private final Tracker tracker = new Tracker();
  private TestPostgres postgres;
  private Dispatching dispatching;

  @BeforeEach
  void open() {
    postgres = TestPostgres.onItsOwnServer(Duration.ofSeconds(3));
    dispatching = new Dispatching(TestBox.on(postgres));
  }

  @AfterEach
  void close() {
    tracker.answer.countDown();
    dispatching.close();
  }

  @Test
  void it_is_held_until_the_database_is_back() throws Exception {
    var id = dispatching.forJira("1");
    dispatching.started(QUICK, Map.of(JIRA, tracker));
    tracker.asked.await();
    postgres.kill();
    tracker.answer.countDown();
    Until.holds(() -> !isThere());

    postgres.restart();

    Until.holds(() -> isDelivered(id));
    assertThat(tracker.attempts).hasSize(1);
    assertThat(dispatching.outcomes(dispatching.pending(id))).containsExactly("DELIVERED");
    assertThat(dispatching.levels()).isEmpty();
  }

  @Test
  void a_node_that_stops_meanwhile_leaves_a_doubt_and_the_next_one_looks_first() throws Exception {
    var id = dispatching.forJira("1");
    var runner = dispatching.runner(QUICK, Map.of(JIRA, tracker));
    runner.start();
    tracker.asked.await();
    postgres.kill();
    tracker.answer.countDown();
    runner.close(Duration.ofMillis(500));
    postgres.restart();
    Until.holds(this::isThere);
    endLeases();

    dispatching.started(QUICK, Map.of(JIRA, tracker));

    Until.holds(() -> isDelivered(id));
    assertThat(tracker.attempts).extracting(Dispatch::afterUnknown).containsExactly(false, true);
    assertThat(tracker.issues).hasSize(1);
    assertThat(dispatching.outcomes(dispatching.pending(id))).containsExactly("UNKNOWN", "ADOPTED");
  }

  private boolean isThere() {
    try {
      dispatching.levels();
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }

  private boolean isDelivered(CaseId id) {
    return isThere() && dispatching.isDelivered(id);
  }

  private void endLeases() {
    postgres
        .asSuperuser()
        .inTransaction(tx -> tx.update("UPDATE work SET due_at = clock_timestamp()"));
  }

  /** Like JIRA: knows no idempotency key, and finds an issue by its marker. */
  private static final class Tracker implements Outlet {
    final List<Dispatch> attempts = new CopyOnWriteArrayList<>();
    final List<DispatchId> issues = new CopyOnWriteArrayList<>();
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);

    @Override
    public Attempt attempt(Dispatch dispatch, Instant deadline) {
      attempts.add(dispatch);
      if (dispatch.afterUnknown() && issues.contains(dispatch.id())) {
        return new Attempt.Delivered("X-1", true);
      }
      issues.add(dispatch.id());
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new Attempt.Delivered("X-1", false);
    }
  }
}
