package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.testkit.TestBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox rules explain --case}: of decisions that a running instance has recorded. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesExplainCaseIT {
  @TempDir private static Path data;
  private static LiveBox box;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    box = LiveBox.start(data);
    key = Files.writeString(data.resolve("some.key"), box.key()).toString();
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  @Test
  void a_decision_is_explained_under_the_archived_ruleset_that_made_it() {
    var id = box.reported(LiveBox.report("explained").put("amount", "3000.00"));

    var said = explain(id);

    var digest = TestBox.rules().digest();
    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out().lines().toList().getFirst())
        .startsWith("exception %s, row 1: OPENED at 20".formatted(id))
        .endsWith(
            ", decided by %s, explained under standard@%.12s".formatted(digest, digest.hex()));
    assertThat(said.out())
        .contains("    magnitude            3000.00")
        .contains("classify  severity MEDIUM")
        .contains("  fired   severity-amount-medium: ")
        .contains("  silent  severity-amount-high: magnitude >= 10000B")
        .containsPattern(
            "magnitude is 3000\\.00\\. \\(standard@[0-9a-f]{12}/classify/severity\\.drl:");
  }

  @Test
  void other_rules_are_asked_the_same_by_naming_their_folder(@TempDir Path temporary)
      throws Exception {
    var id = box.reported(LiveBox.report("otherwise").put("amount", "3000.00"));
    RulesHome.copy(TestBox.standardRuleset(), temporary);
    var rules = temporary.resolve("classify/severity.drl");
    Files.writeString(
        rules, Files.readString(rules).replace("magnitude >= 10000B", "magnitude >= 2000B"));

    var said = explain(id, temporary.toString(), "--rule", "severity-amount-high");

    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("explained under " + temporary)
        .contains("classify  severity HIGH")
        .contains("  fired   severity-amount-high: ")
        .doesNotContain("severity-amount-medium");
  }

  @Test
  void what_was_decided_before_is_asked_for_by_its_row() throws Exception {
    var report = LiveBox.report("rows");
    var id = box.reported(report);
    report.put("baseAmount", "20000.00");
    assertThat(box.post("/v1/exceptions", "application/json", report.toString()).statusCode())
        .isEqualTo(200);

    var json = JsonMapper.builder().build();
    var last = json.readTree(explain(id, "--format", "json").out());
    var first = json.readTree(explain(id, "--seq", "2", "--format", "json").out());

    assertThat(last.path("occasion").asText()).isEqualTo("REDETECTED");
    assertThat(last.at("/points/0/facts/0/magnitude").asText()).isEqualTo("20000.00");
    assertThat(first.path("occasion").asText()).isEqualTo("OPENED");
    assertThat(first.path("seq").asInt()).isEqualTo(1);
    assertThat(first.path("exception").asText()).isEqualTo(id);
    assertThat(first.path("decidedBy").asText()).isEqualTo(TestBox.rules().digest().hex());
    assertThat(first.at("/points/0/facts/0/magnitude").asText()).isEqualTo("100.00");
  }

  @Test
  void what_cannot_be_explained_is_said_in_a_sentence() {
    var nobody = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    assertThat(explain(nobody))
        .isEqualTo(
            failed(
                1,
                "%s answered 404: There is no exception with the id %s."
                    .formatted(box.url(), nobody)));
    var none = data.resolve("no.key").toString();
    assertThat(
            Said.by("rules", "explain", "--case", nobody, "--url", box.url(), "--key-file", none))
        .isEqualTo(
            failed(
                1,
                "There is no API key in %s. Maybe give one with --key-file or SIGNALBOX_KEY."
                    .formatted(none)));
    assertThat(Said.by("rules", "explain", "--facts", "-", "--seq", "1").err())
        .startsWith("--seq goes with --case. See: ");
    assertThat(explain(nobody, "--as-of", "2026-03-02T06:00:00Z").err())
        .startsWith("--as-of goes with --facts; a recorded decision knows when it was made. See: ");
    assertThat(explain(nobody, "--facts", "-").status()).isEqualTo(2);
    assertThat(explain("nobody").status()).isEqualTo(2);
    assertThat(Said.by("rules", "explain").status()).isEqualTo(2);
  }

  /** By another node, which does not remember the key. */
  @Test
  void what_was_erased_is_not_explained(@TempDir Path secrets) throws Exception {
    var report = LiveBox.report("erased");
    report.putObject("counterparty").put("id", "gone").put("name", "Gone Ltd");
    var id = box.reported(report);
    box.postgres()
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                "UPDATE subject_key SET wrapped_key = NULL"
                    + " WHERE subject IN (SELECT subject FROM journal WHERE case_id = ?::uuid)",
                id));
    RulesHome.copy(data.resolve("secrets"), secrets.resolve("secrets"));
    var settings = LiveBox.settings(box.postgres(), box.key(), secrets, Map.of());
    try (var other = Node.start(settings)) {
      assertThat(Said.by("rules", "explain", "--case", id, "--url", other.url(), "--key-file", key))
          .isEqualTo(
              failed(
                  1,
                  ("%s answered 422: What rules saw of %s was erased, so it cannot be put to them"
                          + " again.")
                      .formatted(other.url(), id)));
    }
  }

  private static Said failed(int status, String line) {
    return new Said(status, "", line + System.lineSeparator());
  }

  private static Said explain(String id, String... more) {
    var arguments =
        new ArrayList<>(
            List.of("rules", "explain", "--case", id, "--url", box.url(), "--key-file", key));
    arguments.addAll(List.of(more));
    return Said.by(arguments.toArray(String[]::new));
  }
}
