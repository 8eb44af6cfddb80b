package dev.signalbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.db.Database;
import dev.signalbox.db.Violation;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.testkit.RandomHistories;
import dev.signalbox.testkit.Seeds;
import dev.signalbox.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JournalIT {
  private static final MasterKey MASTER = new MasterKey(new byte[MasterKey.BYTES]);

  private TestPostgres postgres;
  private Database database;

  @BeforeEach
  void open() {
    postgres = TestPostgres.freshDatabase();
    database = postgres.database();
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void another_node_reads_back_what_one_has_written() {
    Seeds.each(
        20,
        random -> {
          var history = new RandomHistories(random).history(30);
          var link = append(node(), history);

          var rows = database.read(tx -> JournalTable.history(tx, history.id(), 0, 1_000));

          assertThat(new JournalReader(node()).read(rows)).isEqualTo(entries(history));
          assertThat(rows).allMatch(JournalRow::isIntact);
          assertThat(rows.getFirst().previous()).isEqualTo(Chain.GENESIS);
          assertThat(rows.getLast().hash()).isEqualTo(link.head());
          for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).previous()).isEqualTo(rows.get(i - 1).hash());
          }
        });
  }

  @Test
  void nodes_that_meet_a_counterparty_at_the_same_time_agree_on_its_key() {
    var subjects =
        IntStream.range(0, 200).mapToObj(i -> MASTER.subject("counterparty", "cp-" + i)).toList();

    var nodes =
        IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> node().forSealing(subjects)))
            .toList();

    var first = nodes.getFirst().join();
    assertThat(first).hasSize(200);
    assertThat(nodes).allSatisfy(keys -> assertThat(keys.join()).isEqualTo(first));
  }

  @Test
  void the_table_of_keys_names_nobody() {
    var history = new RandomHistories(new Random(1)).history(3);
    append(node(), history);

    var stored =
        database.read(tx ->
            tx.query(
                "SELECT encode(subject, 'escape') || encode(wrapped_key, 'escape') AS bytes"
                    + " FROM subject_key"));

    assertThat(stored).isNotEmpty();
    assertThat(stored)
        .noneSatisfy(row -> assertThat(row.text("bytes")).contains(history.id().toString()))
        .noneSatisfy(row -> assertThat(row.text("bytes")).contains("cp-"));
  }

  @Test
  void a_sequence_is_taken_once() {
    var history = new RandomHistories(new Random(1)).history(5);
    append(node(), history);

    assertThatThrownBy(() -> append(node(), history)).isInstanceOf(Violation.class);
  }

  @Test
  void a_sealed_part_that_was_made_anew_under_a_right_chain_does_not_open() {
    var history = new RandomHistories(new Random(1)).history(1);
    append(node(), history);
    var row = database.read(tx -> JournalTable.history(tx, history.id(), 0, 1)).getFirst();
    var forged = "forged, with a hash that fits".getBytes(StandardCharsets.UTF_8);
    var fits =
        new JournalRow(
            row.caseId(),
            row.seq(),
            row.at(),
            row.type(),
            row.subject(),
            row.facts(),
            forged,
            row.previous(),
            Chain.hash(row.previous(), row.facts(), row.subject(), forged));

    var found = database.read(tx -> new JournalInspector(MASTER).inspect(tx, List.of(row, fits)));

    assertThat(found.getFirst()).isInstanceOf(Inspection.Sound.class);
    assertThat(found.getLast())
        .isEqualTo(
            new Inspection.Flawed(
                "The row cannot be read: A sealed part does not open with its key."));
  }

  @Test
  void a_scan_in_stretches_meets_every_row_once_in_order() {
    var histories = new ArrayList<RandomHistories.History>();
    Seeds.each(30, random -> histories.add(new RandomHistories(random).history(5)));
    histories.forEach(history -> append(node(), history));
    var from = new CaseId(new UUID(0, 0));
    var to = new CaseId(new UUID(-1, -1));

    var met = new ArrayList<String>();
    var stretch = database.read(tx -> JournalTable.scan(tx, from, to, 7));
    while (!stretch.isEmpty()) {
      stretch.forEach(row -> met.add(row.caseId() + "/" + row.seq()));
      var last = stretch.getLast();
      stretch = database.read(tx -> JournalTable.scanAfter(tx, last, to, 7));
    }

    assertThat(met)
        .containsExactlyElementsOf(
            histories.stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .flatMap(history ->
                    entries(history).stream().map(entry -> entry.caseId() + "/" + entry.seq()))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal SET type = 'X'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "DROP TABLE journal",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "UPDATE subject_key SET wrapped_key = NULL",
        "DELETE FROM subject_key",
        "TRUNCATE subject_key",
        "INSERT INTO subject_key (subject, created_at) VALUES ('x', now())",
      })
  void the_service_may_append_and_nothing_else(String sql) {
    assertThatThrownBy(() -> database.inTransaction(tx -> tx.update(sql)))
        .rootCause()
        .hasMessageMatching("(?s)ERROR: (permission denied|must be owner).*");
  }

  @ParameterizedTest
  @CsvSource({"UPDATE journal SET type = 'X', UPDATE", "DELETE FROM journal, DELETE"})
  void no_role_changes_a_row_not_even_as_a_replica(String sql, String verb) {
    append(node(), new RandomHistories(new Random(1)).history(1));
    var refused = "The table journal is only ever appended to; " + verb + " is refused.";

    for (var role : List.of(postgres.asOwner(), postgres.asSuperuser())) {
      assertThatThrownBy(() -> role.inTransaction(tx -> tx.update(sql)))
          .rootCause()
          .hasMessageContaining(refused);
    }
    assertThatThrownBy(() ->
            postgres
                .asSuperuser()
                .inTransaction(tx -> {
                  tx.update("SET LOCAL session_replication_role = replica");
                  return tx.update(sql);
                }))
        .rootCause()
        .hasMessageContaining(refused);
  }

  @Test
  void no_role_empties_the_table() {
    for (var role : List.of(postgres.asOwner(), postgres.asSuperuser())) {
      assertThatThrownBy(() -> role.inTransaction(tx -> tx.update("TRUNCATE journal CASCADE")))
          .rootCause()
          .hasMessageContaining("The table journal is only ever appended to; TRUNCATE is refused.");
    }
  }

  /** A node of its own remembers no key. */
  private SubjectKeys node() {
    return new SubjectKeys(database, MASTER);
  }

  private Journal.Link append(SubjectKeys keys, RandomHistories.History history) {
    var page = new Journal.Page(history.state(), Chain.GENESIS, entries(history));
    var link = new Journal(keys).chain(List.of(page)).getFirst();
    database.inTransaction(tx -> {
      JournalTable.append(tx, link.rows());
      return true;
    });
    return link;
  }

  private static List<JournalEntry> entries(RandomHistories.History history) {
    var entries = new ArrayList<JournalEntry>();
    for (var step : history.steps()) {
      entries.add(
          new JournalEntry(
              history.id(),
              entries.size() + 1L,
              step.at(),
              step.actor(),
              step.traceId(),
              step.event()));
    }
    return entries;
  }
}
