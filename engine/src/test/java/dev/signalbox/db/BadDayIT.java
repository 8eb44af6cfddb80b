package dev.signalbox.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.TestPostgres;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** PostgreSQL refuses, stalls, dies or is cut off in the middle; and comes back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadDayIT {
  private static TestPostgres postgres;

  @BeforeAll
  static void open() {
    postgres = TestPostgres.freshDatabase();
    postgres.asOwner().inTransaction(tx -> tx.update("CREATE TABLE kept (number bigint)"));
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  private static Database opened(DatabaseSettings settings) {
    return Database.open(postgres.vertx(), settings);
  }

  private static boolean isUsable(Database database) {
    var rows = database.read(tx -> tx.query("SELECT 1"));
    return rows.size() == 1;
  }

  private static long kept(long number) {
    return postgres
        .asSuperuser()
        .read(tx -> tx.query("SELECT count(*) AS n FROM kept WHERE number = ?", number))
        .getFirst()
        .int64("n");
  }

  @Test
  void nobody_listening_is_unavailable() throws Exception {
    var wire = new Wire(postgres.settings());
    wire.close();
    try (var database = opened(wire.through(postgres.settings()))) {
      assertThatThrownBy(() -> database.read(tx -> tx.query("SELECT 1")))
          .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    }
  }

  @Test
  void a_cut_is_unavailable_and_heals_by_itself() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var database = opened(wire.through(postgres.ownerSettings()))) {
      database.read(tx -> tx.query("SELECT 1"));
      wire.cut();
      assertThatThrownBy(() -> database.read(tx -> tx.query("SELECT 1")))
          .isInstanceOf(Unavailable.class);
      assertThatThrownBy(() -> database.read(tx -> tx.query("SELECT 1")))
          .isInstanceOf(Unavailable.class);

      wire.mend();

      assertThat(isUsable(database)).isTrue();
    }
  }

  @Test
  void one_break_makes_the_other_connections_checked_before_they_are_used() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var database = opened(wire.through(postgres.ownerSettings().withConnections(4)))) {
      warm(database, 4);
      wire.cut();
      wire.mend();

      assertThatThrownBy(() -> database.read(tx -> tx.query("SELECT 1")))
          .isInstanceOf(Unavailable.class);

      warm(database, 4);
    }
  }

  /** Uses so many connections at the same time. */
  private static void warm(Database database, int count) throws Exception {
    var together = new CountDownLatch(count);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, count)
              .mapToObj(i ->
                  threads.submit(() ->
                      database.read(tx -> {
                        together.countDown();
                        try {
                          assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        return tx.query("SELECT 1").size();
                      })))
              .toList();
      for (var each : all) {
        assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(1);
      }
    }
  }

  @Test
  void a_transaction_does_not_notice_a_break_before_it_began() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var database = opened(wire.through(postgres.ownerSettings().withConnections(1)))) {
      database.inTransaction(tx -> tx.query("SELECT 1"));
      wire.cut();
      wire.mend();

      database.inTransaction(tx -> tx.update("INSERT INTO kept VALUES (5)"));

      assertThat(kept(5)).isEqualTo(1);
    }
  }

  @Test
  void a_lost_answer_to_the_commit_is_an_unknown_outcome() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var database = opened(wire.through(postgres.ownerSettings()))) {
      database.inTransaction(tx -> tx.query("SELECT 1"));
      assertThatThrownBy(() ->
              database.inTransaction(tx -> {
                int inserted = tx.update("INSERT INTO kept VALUES (1)");
                wire.loseTheNextAnswer();
                return inserted;
              }))
          .isInstanceOfSatisfying(
              Unavailable.class,
              e -> {
                assertThat(e.outcomeUnknown()).isTrue();
                assertThat(e).hasMessageEndingWith("Whether it committed is unknown.");
              });
      assertThat(wire.hasLostIt()).isTrue();
      assertThat(kept(1)).isEqualTo(1);
    }
  }

  @Test
  void a_lost_answer_before_the_commit_means_that_nothing_was_committed() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var database = opened(wire.through(postgres.ownerSettings()))) {
      assertThatThrownBy(() ->
              database.inTransaction(tx -> {
                tx.query("SELECT 1");
                wire.loseTheNextAnswer();
                return tx.update("INSERT INTO kept VALUES (2)");
              }))
          .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isFalse());
      assertThat(kept(2)).isZero();
    }
  }

  @Test
  void work_that_swallows_a_break_does_not_go_on_elsewhere() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var database = opened(wire.through(postgres.ownerSettings()))) {
      assertThatThrownBy(() ->
              database.inTransaction(tx -> {
                tx.update("INSERT INTO kept VALUES (3)");
                wire.cut();
                wire.mend();
                try {
                  tx.update("INSERT INTO kept VALUES (3)");
                } catch (Unavailable e) {
                  return tx.update("INSERT INTO kept VALUES (3)");
                }
                return 0;
              }))
          .isInstanceOf(Unavailable.class);
      assertThat(kept(3)).isZero();
    }
  }

  @Test
  void silence_longer_than_the_timeout_is_unavailable() throws Exception {
    var impatient = postgres.ownerSettings().withSocketTimeout(Duration.ofSeconds(1));
    try (var database = opened(impatient)) {
      assertThatThrownBy(() -> database.read(tx -> tx.query("SELECT pg_sleep(30)")))
          .isInstanceOf(Unavailable.class);
      assertThat(isUsable(database)).isTrue();
    }
  }

  @Test
  void a_server_that_stops_meanwhile_is_unavailable_and_then_back() {
    try (var database = opened(postgres.ownerSettings())) {
      database.read(tx -> tx.query("SELECT 1"));
      assertThatThrownBy(() ->
              database.inTransaction(tx -> {
                tx.update("INSERT INTO kept VALUES (4)");
                terminateAll();
                return tx.update("INSERT INTO kept VALUES (4)");
              }))
          .isInstanceOf(Unavailable.class);
      assertThat(kept(4)).isZero();
      database.inTransaction(tx -> tx.update("INSERT INTO kept VALUES (4)"));
      assertThat(kept(4)).isEqualTo(1);
    }
  }

  private static void terminateAll() {
    postgres
        .asSuperuser()
        .read(tx ->
            tx.query(
                "SELECT pg_terminate_backend(pid, 5000) AS done FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
  }

  @Test
  void more_callers_than_connections_wait_for_their_turn() throws Exception {
    try (var database = opened(postgres.ownerSettings().withConnections(2));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 50)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> database.read(tx -> tx.query("SELECT pg_sleep(0.01)").size()), threads))
              .toList();
      for (var each : all) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(1);
      }
      var sessions =
          postgres
              .asSuperuser()
              .read(tx ->
                  tx.query(
                      "SELECT count(*) AS n FROM pg_stat_activity"
                          + " WHERE query LIKE '%pg_sleep(0.01)%' AND pid <> pg_backend_pid()"));
      assertThat(sessions.getFirst().int64("n")).isEqualTo(2);
    }
  }

  @Test
  void an_interrupted_caller_leaves_the_connection_usable_for_others() throws Exception {
    try (var database = opened(postgres.ownerSettings().withConnections(1))) {
      var seen = new CompletableFuture<Throwable>();
      var started = new CountDownLatch(1);
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  database.read(tx -> {
                    tx.query("SELECT 1");
                    started.countDown();
                    return tx.query("SELECT pg_sleep(2)");
                  });
                  seen.complete(null);
                } catch (RuntimeException e) {
                  seen.complete(e);
                }
              });
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();

      assertThat(seen.get(10, TimeUnit.SECONDS)).isInstanceOf(Unavailable.class);
      assertThat(isUsable(database)).isTrue();
    }
  }

  @Test
  void a_closed_database_says_so() {
    var database = opened(postgres.ownerSettings());
    database.close();

    assertThatThrownBy(() -> database.read(tx -> tx.query("SELECT 1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The connections to PostgreSQL are closed.");
  }
}
