package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.testkit.TestBox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox rules explain}, of the standard ruleset. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesExplainTest {
  private static final String STANDARD = TestBox.standardRuleset().toString();

  @TempDir private Path temporary;
  private String report = "";
  private String given = "";

  @BeforeEach
  void facts() throws Exception {
    report =
        Files.writeString(
                temporary.resolve("report.json"),
                """
                {"source": "bank-a-mt940", "sourceRef": "17", "reasonCode": "OTHER",
                 "amount": "1250.00", "currency": "EUR", "transactionDate": "2026-03-01"}
                """)
            .toString();
    given =
        Files.writeString(
                temporary.resolve("given.yaml"),
                """
                given:
                  amount: "700.00"
                  counterparty: {restricted: true}
                  proposal: {proposer: INFERENCE, kind: FORCE_MATCH, confidence: "0.7"}
                """)
            .toString();
  }

  @Test
  void a_report_as_the_api_takes_it_is_explained_as_of_any_time() {
    var said =
        Said.by("rules", "explain", STANDARD, "--facts", report, "--as-of", "2026-03-02T01:00:00Z");
    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out().lines())
        .contains(
            "facts",
            "  Item",
            "    magnitude            1250.00",
            "    transactionAgeHours  25",
            "classify  severity MEDIUM, sla 120h, redecideAfter 47h",
            "  fired   severity-amount-medium: The amount is at least 1,000 EUR and below 10,000"
                + " EUR.",
            "  silent  severity-amount-high: magnitude >= 10000B",
            "          magnitude is 1250.00. (%s/classify/severity.drl:34:9)".formatted(STANDARD),
            "  silent  resolve-exact-match: candidates == 1");
  }

  @Test
  void what_a_scenario_gives_is_explained_at_all_points_that_it_asks() {
    var said = Said.by("rules", "explain", STANDARD, "--facts", given);
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("  Proposal", "gate  verdict REJECT", "approve  approvals [COMPLIANCE]")
        .contains("  fired   gate-unknown-candidate: ")
        .contains("  silent  gate-sure: ");
  }

  @Test
  void one_rule_alone_can_be_asked_for_and_a_mistyped_one_has_a_nearest() {
    var said = Said.by("rules", "explain", STANDARD, "--facts", given, "--rule", "gate-sure");
    assertThat(said.out().lines().filter(line -> line.matches(" +(fired|silent) .*")))
        .singleElement()
        .asString()
        .startsWith("  silent  gate-sure: ");
    var none = Said.by("rules", "explain", STANDARD, "--facts", given, "--rule", "gate-sur");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).startsWith("There is no rule \"gate-sur\". Maybe gate-sure.");
  }

  @Test
  void scripts_read_the_same_as_json() throws Exception {
    var said = Said.by("rules", "explain", STANDARD, "--facts", given, "--format", "json");
    var json = JsonMapper.builder().build().readTree(said.out());
    assertThat(json.path("ruleset").asText()).hasSize(64);
    assertThat(json.path("points").findValuesAsText("point"))
        .containsExactly("classify", "route", "resolve", "gate", "approve", "escalate");
    var classify = json.path("points").path(0);
    assertThat(classify.path("facts").path(0).path("magnitude").asText()).isEqualTo("700.00");
    assertThat(classify.path("decision").path("severity").asText()).isEqualTo("LOW");
    assertThat(classify.path("fired").path(0).path("id").asText()).isEqualTo("severity-amount-low");
    var critical = classify.path("notFired").path(0);
    assertThat(critical.path("id").asText()).isEqualTo("severity-amount-critical");
    assertThat(critical.path("failed").path("condition").asText())
        .isEqualTo("magnitude >= 100000B");
    assertThat(critical.path("failed").path("seen").path(0).path("value").asText())
        .isEqualTo("700.00");
  }

  @Test
  void facts_that_cannot_be_used_are_said_with_what_is_wrong() throws Exception {
    var bad = temporary.resolve("bad.json");
    Files.writeString(bad, "{\"transactionDate\": \"soon\", \"amount\": 5}");
    var said = Said.by("rules", "explain", STANDARD, "--facts", bad.toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).contains(bad + ": ").doesNotContain("Exception");
    Files.writeString(bad, "{amont: 5}");
    assertThat(Said.by("rules", "explain", STANDARD, "--facts", bad.toString()).err())
        .contains("\"amont\" is not a field");
    var none = Said.by("rules", "explain", STANDARD, "--facts", "none.json");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).startsWith("There is no file \"none.json\" that can be read.");
  }
}
