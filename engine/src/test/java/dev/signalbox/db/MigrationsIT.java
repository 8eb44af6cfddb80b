package dev.signalbox.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.TestPostgres;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrationsIT {
  private static final String EMPTY = "signalbox_empty";

  private static TestPostgres postgres;

  @BeforeAll
  static void open() {
    postgres = TestPostgres.freshDatabase();
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Test
  void what_has_run_does_not_run_again() {
    var before = history(postgres.ownerSettings());

    Migrations.migrate(postgres.ownerSettings());

    assertThat(before).isPositive();
    assertThat(history(postgres.ownerSettings())).isEqualTo(before);
  }

  @Test
  void several_nodes_may_start_at_once_on_an_empty_database() throws Exception {
    // CREATE DATABASE runs outside of transactions, where a read runs too.
    postgres
        .asSuperuser()
        .read(tx -> tx.update("CREATE DATABASE " + EMPTY + " OWNER signalbox_owner"));
    try {
      var empty = postgres.ownerSettings().withDatabase(EMPTY);
      var nodes =
          IntStream.range(0, 3)
              .mapToObj(i -> CompletableFuture.runAsync(() -> Migrations.migrate(empty)))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(nodes).get(60, TimeUnit.SECONDS);

      assertThat(history(empty)).isEqualTo(history(postgres.ownerSettings()));
    } finally {
      postgres.asSuperuser().read(tx -> tx.update("DROP DATABASE " + EMPTY + " WITH (FORCE)"));
    }
  }

  @Test
  void a_server_that_is_away_is_unavailable() throws Exception {
    var wire = new Wire(postgres.settings());
    wire.close();

    assertThatThrownBy(() -> Migrations.migrate(wire.through(postgres.ownerSettings())))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void a_migration_that_was_changed_after_it_had_run_is_refused() {
    try (var changed = TestPostgres.freshDatabase()) {
      changed
          .asOwner()
          .inTransaction(
              tx -> tx.update("UPDATE schema_history SET checksum = 1 WHERE version = '001'"));

      assertThatThrownBy(() -> Migrations.migrate(changed.ownerSettings()))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining("was changed after it had run")
          .hasStackTraceContaining("checksum mismatch");
    }
  }

  private static long history(DatabaseSettings settings) {
    try (var database = Database.open(postgres.vertx(), settings)) {
      return database
          .read(tx -> tx.query("SELECT count(*) AS n FROM schema_history"))
          .getFirst()
          .int64("n");
    }
  }
}
