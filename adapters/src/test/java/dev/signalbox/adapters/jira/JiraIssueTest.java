package dev.signalbox.adapters.jira;

import static dev.signalbox.adapters.TestSettings.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.testkit.Dispatches;
import dev.signalbox.testkit.Reports;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JiraIssueTest {
  private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

  private static Dispatches dispatch(String details) {
    return Dispatches.of(
        Reports.report("R-1", DAY).of("120000.00").saying(details).build(), "jira");
  }

  private static JsonNode issue(Dispatches dispatch, String settings) {
    var body = JiraIssue.of(dispatch.build(), TestJira.settings("https://x", settings));
    return Objects.requireNonNull(OutsideJson.object(body)).path("fields");
  }

  private static JsonNode issue(String details) {
    return issue(dispatch(details), "");
  }

  @Test
  void the_fields_are_these() {
    var fields = issue("The amounts differ.");
    assertThat(fields.path("project")).isEqualTo(json("{'key': 'REC'}"));
    assertThat(fields.path("issuetype")).isEqualTo(json("{'name': 'Task'}"));
    assertThat(fields.path("priority")).isEqualTo(json("{'name': 'Highest'}"));
    assertThat(fields.path("duedate").asText()).isEqualTo("2026-03-03");
    assertThat(fields.path("summary").asText())
        .isEqualTo("[CRITICAL] AMOUNT_OUTSIDE_TOLERANCE: 120000.00 EUR, bank-a-mt940 R-1");
    assertThat(fields.path("labels"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "signalbox",
            "signalbox-0190a5c6-1f7e-8c31-9d53-6a0f1f2e3d4c",
            "signalbox-case-" + dispatch("").build().exception().id());
  }

  @Test
  void the_description_is_a_document_of_facts_and_of_text_as_it_is() {
    var document = issue("The amounts differ.").path("description");
    assertThat(document.path("type").asText()).isEqualTo("doc");
    assertThat(document.path("version").asInt()).isEqualTo(1);
    assertThat(document.path("content"))
        .extracting(block -> block.path("type").asText())
        .containsExactly(
            "bulletList", "heading", "codeBlock", "heading", "codeBlock", "heading", "codeBlock");
    assertThat(TestJira.textOf(document))
        .contains("Severity: CRITICAL")
        .contains("Due: 2026-03-03T10:00:00Z")
        .contains("Amount: 120000.00 EUR")
        .contains("Counterparty: Meier & Söhne (cp-1), risk LOW, trusted")
        .contains("Why it did not matchThe amounts differ.")
        .contains("L-1, ledger, 99.50 EUR, 2026-03-01, score 1")
        .contains("\"branch\" : \"042\"");
  }

  @ParameterizedTest
  @CsvSource({"CRITICAL, Highest", "HIGH, High", "MEDIUM, Medium", "LOW, Low"})
  void the_priority_follows_the_severity(Severity severity, String priority) {
    assertThat(issue(dispatch("x").graded(severity), "").path("priority").path("name").asText())
        .isEqualTo(priority);
  }

  @Test
  void priorities_and_due_dates_can_be_left_out() {
    var fields = issue(dispatch("x"), "'priorities': {}, 'dueDates': false,");
    assertThat(fields.has("priority")).isFalse();
    assertThat(fields.has("duedate")).isFalse();
  }

  @Test
  void control_characters_are_shown_and_line_breaks_kept() {
    assertThat(
            TestJira.textOf(
                issue("a\u0000b\u001b\u007f\r\nc\rd\u0085\ufffe\ud83d").path("description")))
        .contains("a␀b␛␡\nc\nd\ufffd\ufffd\ufffd");
  }

  @Test
  void the_summary_is_one_line_of_at_most_255_characters() {
    var report = Reports.report("R\n\t1\u0000" + "💶".repeat(300), DAY).build();
    var summary = issue(Dispatches.of(report, "jira"), "").path("summary").asText();
    assertThat(summary).contains("R 1␀💶").endsWith("💶…").hasSizeBetween(254, 255);
  }

  /** JIRA refuses more, and a refused creation may still use up an issue number. */
  @Test
  void a_description_stays_within_the_limit_and_says_that_it_was_cut() {
    for (var unit : new String[] {"x", "\"", "\\", "💶", "\n", "ü", "\u0000"}) {
      var document = issue("a" + unit.repeat(40_000)).path("description");
      assertThat(OutsideJson.text(document).length())
          .isBetween(AdfDocument.LENGTH_MAX - 600, AdfDocument.LENGTH_MAX);
      assertThat(TestJira.textOf(document))
          .endsWith(
              "Cut here, since JIRA takes no longer text. Signalbox has all of exception %s."
                  .formatted(dispatch("").build().exception().id()));
    }
  }

  @Test
  void random_texts_of_every_length_keep_the_limit() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      var text = new StringBuilder();
      random
          .ints(random.nextInt(45_000), 0, random.nextBoolean() ? 128 : Character.MAX_VALUE)
          .forEach(c -> text.append((char) c));
      var document = issue(text.toString()).path("description");
      assertThat(OutsideJson.text(document).length())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(AdfDocument.LENGTH_MAX);
      assertThat(TestJira.textOf(document)).as("seed %d", seed).contains("Severity: CRITICAL");
    }
  }

  @Test
  void many_attributes_are_cut_and_the_facts_stay() {
    var attributes = new HashMap<String, Object>();
    for (int i = 0; i < 2_000; i++) {
      attributes.put("name-" + i, "value \"" + i + "\"");
    }
    var document = issue(Dispatches.of(with(attributes), "jira"), "").path("description");
    assertThat(OutsideJson.text(document).length()).isLessThanOrEqualTo(AdfDocument.LENGTH_MAX);
    assertThat(TestJira.textOf(document)).contains("The amounts differ.").contains("Cut here");
  }

  @Test
  void a_number_of_a_million_digits_is_not_written_out() {
    var document = issue(Dispatches.of(with(Map.of("n", new BigDecimal("1e1000000"))), "jira"), "");
    assertThat(TestJira.textOf(document.path("description"))).contains("1E+1000000");
  }

  private static ExceptionReport with(Map<String, Object> attributes) {
    var plain = Reports.report("R-1", DAY).build();
    return new ExceptionReport(
        plain.identity(),
        plain.reasonCode(),
        plain.reasonDetails(),
        plain.money(),
        plain.baseAmount(),
        plain.transactionDate(),
        plain.detectedAt(),
        plain.confidence(),
        plain.counterparty(),
        plain.regulatory(),
        plain.glAccount(),
        plain.candidates(),
        attributes,
        null);
  }
}
