package dev.signalbox.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.TestPostgres;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseIT {
  private static final String SERIALIZATION_FAILURE = "SELECT fail_to_serialize()";

  private static TestPostgres postgres;
  private static Database database;

  @BeforeAll
  static void open() {
    postgres = TestPostgres.freshDatabase();
    database = postgres.asOwner();
    database.inTransaction(tx ->
        tx.update(
            "CREATE TABLE thing (id uuid PRIMARY KEY, name text, count bigint CHECK (count > 0),"
                + " at timestamptz, body bytea, amount numeric, flag boolean)"));
    database.inTransaction(tx ->
        tx.update(
            "CREATE FUNCTION fail_to_serialize() RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
                + " RAISE EXCEPTION 'others' USING ERRCODE = '40001'; END $$"));
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Test
  void a_violated_constraint_is_named_and_the_transaction_undone() {
    var id = UUID.randomUUID();

    assertThatThrownBy(() ->
            database.inTransaction(tx -> {
              tx.update("INSERT INTO thing (id) VALUES (?)", id);
              return tx.update(
                  "INSERT INTO thing (id, count) VALUES (?, ?)", UUID.randomUUID(), -1L);
            }))
        .isInstanceOfSatisfying(
            Violation.class, e -> assertThat(e.constraint()).isEqualTo("thing_count_check"));
    var rows = database.read(tx -> tx.query("SELECT 1 FROM thing WHERE id = ?", id));
    assertThat(rows).isEmpty();
  }

  @Test
  void an_event_loop_is_not_allowed_to_wait() {
    var seen = new CompletableFuture<Throwable>();
    postgres
        .vertx()
        .runOnContext(nothing -> {
          try {
            database.read(tx -> tx.query("SELECT 1"));
            seen.complete(null);
          } catch (IllegalStateException e) {
            seen.complete(e);
          }
        });

    assertThat(seen.orTimeout(5, TimeUnit.SECONDS).join())
        .hasMessage(
            "An event loop would wait for PostgreSQL."
                + " Maybe hand this over to a virtual thread.");
  }

  @Test
  void a_deadlock_is_resolved_by_a_repeat() {
    var a = UUID.randomUUID();
    var b = UUID.randomUUID();
    database.inTransaction(tx ->
        tx.update(
            "INSERT INTO thing (id, count) SELECT unnest(?::uuid[]), 1",
            SqlArray.uuids(List.of(a, b))));
    var barrier = new CyclicBarrier(2);

    var one = CompletableFuture.runAsync(() -> increase(a, b, barrier), Thread::startVirtualThread);
    var two = CompletableFuture.runAsync(() -> increase(b, a, barrier), Thread::startVirtualThread);
    CompletableFuture.allOf(one, two).orTimeout(30, TimeUnit.SECONDS).join();

    var counts =
        database.read(tx ->
            tx.query(
                "SELECT count FROM thing WHERE id = ANY (?::uuid[])",
                SqlArray.uuids(List.of(a, b))));
    assertThat(counts).extracting(row -> row.int64("count")).containsExactly(3L, 3L);
  }

  private static void increase(UUID first, UUID second, CyclicBarrier barrier) {
    var attempts = new AtomicInteger();
    database.inTransaction(tx -> {
      tx.update("UPDATE thing SET count = count + 1 WHERE id = ?", first);
      if (attempts.getAndIncrement() == 0) {
        meet(barrier);
      }
      return tx.update("UPDATE thing SET count = count + 1 WHERE id = ?", second);
    });
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_terminated_connection_is_unavailable_once_and_replaced() {
    assertThatThrownBy(() ->
            database.read(tx -> {
              int pid = tx.query("SELECT pg_backend_pid() AS pid").getFirst().int32("pid");
              postgres
                  .asSuperuser()
                  .read(other -> other.query("SELECT pg_terminate_backend(?)", pid));
              return tx.query("SELECT 1");
            }))
        .isInstanceOf(Unavailable.class);
    var rows = database.read(tx -> tx.query("SELECT 1"));
    assertThat(rows).hasSize(1);
  }

  @Test
  void a_connection_is_given_back_outside_of_any_transaction() {
    try (var single = single()) {
      single.inTransaction(tx -> tx.query("SELECT 1"));

      assertThat(stateOf(pidOf(single))).isEqualTo("idle");
    }
  }

  @Test
  void a_transaction_begins_when_it_is_asked_for_not_with_an_earlier_read() {
    try (var single = single()) {
      single.inTransaction(tx -> tx.query("SELECT 1"));
      single.read(tx -> tx.query("SELECT 1"));
      var before = database.read(tx -> tx.query("SELECT clock_timestamp() AS now")).getFirst();

      var within = single.inTransaction(tx -> tx.query("SELECT now() AS now")).getFirst();

      assertThat(within.instant("now")).isAfterOrEqualTo(before.instant("now"));
    }
  }

  @Test
  void a_failed_read_does_not_spoil_the_next() {
    try (var single = single()) {
      single.inTransaction(tx -> tx.query("SELECT 1"));

      assertThatThrownBy(() -> single.read(tx -> tx.query("SELECT 1 / 0")))
          .isInstanceOf(DatabaseFailure.class);
      var rows = single.read(tx -> tx.query("SELECT 1"));

      assertThat(rows).hasSize(1);
    }
  }

  @Test
  void a_failure_that_the_work_swallowed_still_stops_the_commit() {
    var id = UUID.randomUUID();

    assertThatThrownBy(() ->
            database.inTransaction(tx -> {
              tx.update("INSERT INTO thing (id) VALUES (?)", id);
              try {
                return tx.update("INSERT INTO thing (id) VALUES (?)", id);
              } catch (Violation e) {
                return 0;
              }
            }))
        .isInstanceOf(Violation.class);
    var rows = database.read(tx -> tx.query("SELECT 1 FROM thing WHERE id = ?", id));
    assertThat(rows).isEmpty();
  }

  @Test
  void a_transaction_is_of_no_use_outside_of_its_function() {
    var kept = new AtomicReference<Tx>();
    database.inTransaction(tx -> {
      kept.set(tx);
      return 0;
    });

    assertThatThrownBy(() -> kept.get().query("SELECT 1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This transaction is over. Maybe use it only where given.");
  }

  @Test
  void a_serialization_failure_is_repeated() {
    var attempts = new AtomicInteger();

    int answer =
        database.inTransaction(tx -> {
          if (attempts.incrementAndGet() < 3) {
            tx.query(SERIALIZATION_FAILURE);
          }
          return attempts.get();
        });

    assertThat(answer).isEqualTo(3);
  }

  @Test
  void repeating_has_a_bound_and_keeps_every_reason() {
    var attempts = new AtomicInteger();

    assertThatThrownBy(() ->
            database.inTransaction(tx -> {
              attempts.incrementAndGet();
              return tx.query(SERIALIZATION_FAILURE);
            }))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessage("A transaction met others in its way 4 times.")
        .cause()
        .satisfies(first -> assertThat(first.getSuppressed()).hasSize(3));
    assertThat(attempts).hasValue(4);
  }

  @Test
  void an_event_loop_leaves_no_transaction_behind() {
    try (var single = single()) {
      int pid = pidOf(single);
      var done = new CompletableFuture<Throwable>();
      postgres
          .vertx()
          .runOnContext(nothing -> {
            try {
              single.inTransaction(tx -> tx.query("SELECT 1"));
              done.complete(null);
            } catch (IllegalStateException e) {
              done.complete(e);
            }
          });
      assertThat(done.orTimeout(5, TimeUnit.SECONDS).join()).isNotNull();

      assertThat(stateOf(pid)).isEqualTo("idle");
    }
  }

  @Test
  void a_transaction_may_not_ask_for_a_second_connection() {
    assertThatThrownBy(
            () -> database.inTransaction(tx -> database.read(other -> other.query("SELECT 1"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "A transaction asks for a second connection; many of them would wait for each other"
                + " for ever. Maybe pass the Tx on.");
    var rows = database.read(tx -> tx.query("SELECT 1"));
    assertThat(rows).hasSize(1);
  }

  @Test
  void a_change_needs_no_more_rights_than_it_has_columns() {
    database.inTransaction(
        tx -> tx.update("CREATE TABLE narrow (open text, closed text DEFAULT 'x')"));
    database.inTransaction(tx -> tx.update("GRANT INSERT (open) ON narrow TO signalbox_app"));

    int inserted =
        postgres
            .database()
            .inTransaction(tx -> tx.update("INSERT INTO narrow (open) VALUES ('a')"));

    assertThat(inserted).isEqualTo(1);
  }

  private static int pidOf(Database one) {
    return one.read(tx -> tx.query("SELECT pg_backend_pid() AS pid")).getFirst().int32("pid");
  }

  private static String stateOf(int pid) {
    return database
        .read(tx -> tx.query("SELECT state FROM pg_stat_activity WHERE pid = ?", pid))
        .getFirst()
        .text("state");
  }

  private static Database single() {
    return Database.open(postgres.vertx(), postgres.ownerSettings().withConnections(1));
  }
}
