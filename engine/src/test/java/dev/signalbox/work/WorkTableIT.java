package dev.signalbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.testkit.TestPostgres;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkTableIT {
  private static final TargetName WEBHOOK = new TargetName("webhook");

  private TestPostgres postgres;

  @BeforeEach
  void open() {
    postgres = TestPostgres.freshDatabase();
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void much_work_that_waits_costs_nothing_to_pass_by() {
    insert(20_000, "1 hour");
    postgres.asSuperuser().inTransaction(tx -> tx.update("ANALYZE work"));

    var looked =
        postgres
            .database()
            .inTransaction(tx -> {
              assertThat(WorkTable.lease(tx, WEBHOOK, 4, Duration.ofMinutes(1))).isEmpty();
              assertThat(WorkTable.untilNext(tx, WEBHOOK)).isGreaterThan(Duration.ofMinutes(50));
              assertThat(WorkTable.showHeld(tx, WEBHOOK, "The target is down.")).isZero();
              return rowsLookedAt(tx);
            });

    assertThat(looked).isLessThan(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void the_next_is_found_whatever_its_severity(int priority) {
    insert(40, "1 hour");
    assertThat(untilNext()).isGreaterThan(Duration.ofMinutes(50));

    postgres
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                "UPDATE work SET due_at = clock_timestamp() + interval '1 minute' "
                    + "WHERE priority = ?",
                priority));

    assertThat(untilNext()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  @Test
  void without_work_there_is_no_next() {
    assertThat(untilNext()).isNull();
    insert(4, "-1 hour");
    assertThat(untilNext()).isZero();
  }

  private @Nullable Duration untilNext() {
    return postgres.database().read(tx -> WorkTable.untilNext(tx, WEBHOOK));
  }

  /** As many of each severity, due after a while. */
  private void insert(int count, String dueIn) {
    postgres
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                """
                INSERT INTO work (case_id, id, target, priority, due_at, body)
                SELECT gen_random_uuid(), gen_random_uuid(), 'webhook', i % 4,
                  clock_timestamp() + ?::interval, '{}'
                FROM generate_series(1, ?) AS i
                """,
                dueIn, count));
  }

  private static long rowsLookedAt(Tx tx) {
    return tx.query(
            """
            SELECT (seq_tup_read + idx_tup_fetch)::bigint AS rows
            FROM pg_stat_xact_user_tables WHERE relname = 'work'
            """)
        .getFirst()
        .int64("rows");
  }
}
