package dev.signalbox.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.TestPostgres;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What goes in as an argument comes back as a column. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ValuesIT {
  private static TestPostgres postgres;
  private static Database database;

  @BeforeAll
  static void open() {
    postgres = TestPostgres.freshDatabase();
    database = postgres.asOwner();
    database.inTransaction(tx ->
        tx.update(
            "CREATE TABLE thing (id uuid PRIMARY KEY, name text, count bigint,"
                + " at timestamptz, body bytea, amount numeric, flag boolean)"));
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Test
  void every_type_comes_back_as_it_went_in() {
    var id = UUID.randomUUID();
    var at = Instant.parse("2026-01-02T03:04:05.123456789Z");
    database.inTransaction(tx ->
        tx.update(
            "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)",
            id,
            "Grüße 🚂",
            7L,
            at,
            new byte[] {0, 1, -1},
            new BigDecimal("12345678901234567890.12345678"),
            true));

    var row = database.read(tx -> tx.query("SELECT * FROM thing WHERE id = ?", id)).getFirst();

    assertThat(row.uuid("id")).isEqualTo(id);
    assertThat(row.text("name")).isEqualTo("Grüße 🚂");
    assertThat(row.int64("count")).isEqualTo(7);
    assertThat(row.instant("at")).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    assertThat(row.bytes("body")).containsExactly(0, 1, -1);
    assertThat(row.decimal("amount")).isEqualTo(new BigDecimal("12345678901234567890.12345678"));
    assertThat(row.bool("flag")).isTrue();
  }

  @Test
  void arrays_bring_a_batch_in_one_statement_with_nulls_where_they_were() {
    var ids = List.of(UUID.randomUUID(), UUID.randomUUID());
    int inserted =
        database.inTransaction(tx ->
            tx.update(
                "INSERT INTO thing SELECT * FROM unnest(?::uuid[], ?::text[], ?::bigint[],"
                    + " ?::timestamptz[], ?::bytea[])",
                SqlArray.uuids(ids),
                SqlArray.texts(Arrays.asList("a\"{},\\b", null)),
                SqlArray.longs(Arrays.asList(1L, null)),
                SqlArray.instants(Arrays.asList(Instant.EPOCH, null)),
                SqlArray.bytesOrNulls(Arrays.asList(new byte[] {5}, null))));

    var rows =
        database.read(tx ->
            tx.query(
                "SELECT * FROM thing WHERE id = ANY (?::uuid[]) ORDER BY name NULLS LAST",
                SqlArray.uuids(ids)));

    assertThat(inserted).isEqualTo(2);
    assertThat(rows.getFirst().text("name")).isEqualTo("a\"{},\\b");
    assertThat(rows.getFirst().instant("at")).isEqualTo(Instant.EPOCH);
    assertThat(rows.getFirst().bytes("body")).containsExactly(5);
    assertThat(rows.getLast().textOrNull("name")).isNull();
    assertThat(rows.getLast().int64OrNull("count")).isNull();
    assertThat(rows.getLast().bytesOrNull("body")).isNull();
  }

  @Test
  void every_kind_of_array_arrives_with_nulls_where_they_were() {
    var id = UUID.randomUUID();
    var rows =
        database.read(tx ->
            tx.query(
                "SELECT * FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::int[], ?::boolean[],"
                    + " ?::numeric[], ?::timestamptz[], ?::bytea[])"
                    + " AS t (u, s, l, i, b, d, a, y)",
                SqlArray.uuids(Arrays.asList(id, null)),
                SqlArray.texts(Arrays.asList("{\"a\\,'NULL", null)),
                SqlArray.longs(Arrays.asList(Long.MIN_VALUE, null)),
                SqlArray.ints(Arrays.asList(Integer.MAX_VALUE, null)),
                SqlArray.booleans(Arrays.asList(true, null)),
                SqlArray.decimals(Arrays.asList(new BigDecimal("-0.10"), null)),
                SqlArray.instants(
                    Arrays.asList(Instant.parse("2026-01-02T03:04:05.1234567Z"), null)),
                SqlArray.bytes(Arrays.asList(new byte[] {0, '\\', -1}, null))));

    var row = rows.getFirst();
    assertThat(row.uuid("u")).isEqualTo(id);
    assertThat(row.text("s")).isEqualTo("{\"a\\,'NULL");
    assertThat(row.int64("l")).isEqualTo(Long.MIN_VALUE);
    assertThat(row.int32("i")).isEqualTo(Integer.MAX_VALUE);
    assertThat(row.bool("b")).isTrue();
    assertThat(row.decimal("d")).isEqualTo(new BigDecimal("-0.10"));
    assertThat(row.instant("a")).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    assertThat(row.bytes("y")).containsExactly(0, '\\', -1);
    var nulls = rows.getLast();
    assertThat(nulls.uuidOrNull("u")).isNull();
    assertThat(nulls.int32OrNull("i")).isNull();
    assertThat(nulls.decimalOrNull("d")).isNull();
    assertThat(nulls.instantOrNull("a")).isNull();
  }

  @Test
  void a_null_argument_is_null_and_an_array_comes_back_as_a_list() {
    var row =
        database
            .read(
                tx -> tx.query("SELECT ?::text AS nothing, ARRAY['a', 'b'] AS some", (Object) null))
            .getFirst();

    assertThat(row.textOrNull("nothing")).isNull();
    assertThat(row.texts("some")).containsExactly("a", "b");
  }

  @Test
  void a_column_is_asked_for_by_its_name_and_type() {
    var row = database.read(tx -> tx.query("SELECT 1 AS one, NULL AS none")).getFirst();

    assertThatThrownBy(() -> row.text("one"))
        .hasMessage("The column \"one\" holds a Integer where a String was asked for.");
    assertThatThrownBy(() -> row.text("none")).hasMessage("The column \"none\" is null.");
    assertThatThrownBy(() -> row.text("two")).hasMessage("The result has no column \"two\".");
  }
}
