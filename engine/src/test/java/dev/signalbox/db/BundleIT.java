package dev.signalbox.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.TestPostgres;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleIT {
  private static final String INSERT =
      "INSERT INTO thing (id, count) SELECT unnest(?::uuid[]), ? ON CONFLICT (id) DO NOTHING";
  private static final String COUNT_UP =
      """
      WITH mine AS MATERIALIZED (
        SELECT id FROM thing WHERE id = ANY (?::uuid[]) ORDER BY id FOR NO KEY UPDATE)
      UPDATE thing SET count = count + 1 FROM mine WHERE thing.id = mine.id
      """;

  private static TestPostgres postgres;
  private static Database database;

  @BeforeAll
  static void open() {
    postgres = TestPostgres.freshDatabase();
    database = postgres.asOwner();
    database.atOnce(changes ->
        changes.change("CREATE TABLE thing (id uuid PRIMARY KEY, count bigint CHECK (count > 0))"));
    database.atOnce(
        changes -> changes.change("GRANT SELECT, INSERT, UPDATE ON thing TO signalbox_app"));
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  private final List<UUID> ids = Stream.generate(UUID::randomUUID).limit(3).toList();

  @Test
  void all_statements_are_committed_in_one_round_trip() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var through =
            Database.open(
                postgres.vertx(), wire.through(postgres.ownerSettings().withConnections(1)))) {
      through.read(tx -> tx.query("SELECT 1"));
      int before = wire.roundTrips();

      through.atOnce(changes -> {
        changes.changeExactly(3, INSERT, SqlArray.uuids(ids), 1L);
        changes.changeExactly(3, COUNT_UP, SqlArray.uuids(ids));
        changes.change("UPDATE thing SET count = count * 10 WHERE id = ?", ids.getFirst());
      });

      assertThat(wire.roundTrips() - before).isEqualTo(1);
      assertThat(counts()).containsExactlyInAnyOrder(20L, 2L, 2L);
    }
  }

  @Test
  void a_row_that_is_missed_undoes_all_of_it() {
    database.atOnce(
        changes -> changes.changeExactly(1, INSERT, SqlArray.uuids(ids.subList(0, 1)), 1L));

    assertThatThrownBy(() ->
            database.atOnce(changes -> {
              changes.change("UPDATE thing SET count = 7 WHERE id = ?", ids.getFirst());
              changes.changeExactly(3, INSERT, SqlArray.uuids(ids), 1L);
              changes.change("UPDATE thing SET count = 8 WHERE id = ?", ids.getFirst());
            }))
        .isInstanceOf(MissedRows.class);

    assertThat(counts()).containsExactly(1L);
  }

  @Test
  void a_violated_constraint_undoes_all_of_it_and_leaves_the_connection_usable() throws Exception {
    try (var one = Database.open(postgres.vertx(), postgres.ownerSettings().withConnections(1))) {
      assertThatThrownBy(() ->
              one.atOnce(changes -> {
                changes.changeExactly(3, INSERT, SqlArray.uuids(ids), 1L);
                changes.change("UPDATE thing SET count = 0 WHERE id = ?", ids.getFirst());
              }))
          .isInstanceOfSatisfying(
              Violation.class, e -> assertThat(e.constraint()).isEqualTo("thing_count_check"));

      assertThat(counts()).isEmpty();
      one.atOnce(changes -> changes.changeExactly(3, INSERT, SqlArray.uuids(ids), 1L));
      assertThat(counts()).containsExactly(1L, 1L, 1L);
    }
  }

  @Test
  void a_lost_answer_is_an_unknown_outcome() throws Exception {
    try (var wire = new Wire(postgres.settings());
        var through = Database.open(postgres.vertx(), wire.through(postgres.ownerSettings()))) {
      through.read(tx -> tx.query("SELECT 1"));
      wire.loseTheNextAnswer();

      assertThatThrownBy(() ->
              through.atOnce(changes -> changes.changeExactly(3, INSERT, SqlArray.uuids(ids), 1L)))
          .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.outcomeUnknown()).isTrue());

      assertThat(wire.hasLostIt()).isTrue();
      assertThat(counts()).containsExactly(1L, 1L, 1L);
      through.atOnce(changes -> changes.changeExactly(3, COUNT_UP, SqlArray.uuids(ids)));
      assertThat(counts()).containsExactly(2L, 2L, 2L);
    }
  }

  @Test
  void more_than_the_driver_buffers_is_still_one_transaction() {
    assertThatThrownBy(() ->
            database.atOnce(changes -> {
              for (int i = 0; i < 2_000; i++) {
                changes.changeExactly(1, INSERT, SqlArray.uuids(List.of(UUID.randomUUID())), 77L);
              }
              changes.changeExactly(2, INSERT, SqlArray.uuids(ids), 1L);
            }))
        .isInstanceOf(MissedRows.class);

    assertThat(
            database
                .read(tx -> tx.query("SELECT count(*) AS n FROM thing WHERE count = 77"))
                .getFirst()
                .int64("n"))
        .isZero();
  }

  @Test
  void nothing_to_change_asks_nobody() {
    var away = postgres.ownerSettings().withConnections(1);
    try (var nobody =
        Database.open(
            postgres.vertx(),
            new DatabaseSettings(
                "127.0.0.1",
                1,
                away.database(),
                away.user(),
                away.password(),
                1,
                null,
                away.socketTimeout()))) {
      nobody.atOnce(changes -> {});
    }
  }

  private List<Long> counts() {
    return database
        .read(tx ->
            tx.query("SELECT count FROM thing WHERE id = ANY (?::uuid[])", SqlArray.uuids(ids)))
        .stream()
        .map(row -> row.int64("count"))
        .toList();
  }
}
