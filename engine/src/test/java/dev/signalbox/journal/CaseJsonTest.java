package dev.signalbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.testkit.RandomHistories;
import dev.signalbox.testkit.RandomReports;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CaseJsonTest {
  private static final Instant AT = Instant.parse("2026-03-02T10:00:00.000001Z");

  @Test
  void every_state_of_any_history_comes_back_as_it_was() {
    Seeds.each(
        300,
        random -> {
          for (var step : new RandomHistories(random).history(30).steps()) {
            var stored = CaseJson.write(step.after());
            var read = CaseJson.read(stored);

            assertThat(read).isEqualTo(step.after());
            assertThat(CaseJson.write(read)).isEqualTo(stored);
          }
        });
  }

  @Test
  void a_report_by_itself_comes_back_with_its_raw_record_character_for_character() {
    Seeds.each(
        1_000,
        random -> {
          var report = new RandomReports(random).report();

          var read = ReportJson.read(ReportJson.write(report));

          assertThat(read).isEqualTo(report);
          assertThat(read.contentHash()).isEqualTo(report.contentHash());
        });
  }

  @Test
  void the_stored_shape_is_this_one() {
    assertThat(text(state()))
        .isEqualTo(
            """
            {"id":"3b8569d1-792a-8f3f-8c0c-3de77ae8af41","version":1,"status":"OPEN",\
            "contentHash":"%s","substanceHash":"%s","escalationLevel":0,\
            "openedAt":"2026-03-02T10:00:00.000001Z","updatedAt":"2026-03-02T10:00:00.000001Z",\
            "report":{"context":"default","source":"bank-a-mt940","sourceRef":"ref-1",\
            "reasonCode":"AMOUNT_OUTSIDE_TOLERANCE","amount":"100.00","currency":"EUR",\
            "transactionDate":"2026-03-02T10:00:00.000001Z","confidence":"0.5","glAccount":"1200",\
            "counterparty":{"id":"cp-1","riskTier":"LOW","trusted":true},\
            "reasonDetails":"The amounts differ.","counterpartyName":"Meier & Söhne",\
            "candidates":[{"ref":"L-1","source":"ledger","amount":"99.50","currency":"EUR",\
            "date":"2026-03-01","score":"1"}],"attributes":{"branch":"042"}},\
            "detection":{"first":"2026-03-02T10:00:00.000001Z",\
            "last":"2026-03-02T10:00:00.000001Z","recurrences":0}}\
            """
                .formatted(state().contentHash(), state().substanceHash()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version":1    | "version":1,"odd":2     | There is no stored field "odd".
          "branch":"042" | "branch":"042","branch":"043" | A stored record is not JSON.
          {"id":         | [{"id":                 | A stored record is not JSON.
          {"id":         | {} {"id":               | A stored record is not JSON.
          "status":"OPEN", | ``                    | A stored record has no field "status".
          "status":"OPEN" | "status":"SHUT"        | The stored field "status" cannot be read.
          "status":"OPEN" | "status":1             | The stored field "status" is not a text.
          "version":1    | "version":"1"           | The stored field "version" is not an integer.
          "version":1    | "version":1.5           | The stored field "version" is not an integer.
          "trusted":true | "trusted":"yes"         | The stored field "trusted" is not true or false.
          "trusted":true | "trusted":null          | The stored field "trusted" is not true or false.
          "attributes":{"branch":"042"} | "attributes":[] | The stored field "attributes" is not an object.
          "candidates":[ | "regulatory":{},"candidates":[ | The stored field "regulatory" is not a list.
          "candidates":[ | "regulatory":[1],"candidates":[ | The stored field "regulatory" is not a text.
          "amount":"100.00" | "amount":"1e2000000" | A stored case holds a value that cannot be: An amount has at most 38 digits; this one needs more.
          "currency":"EUR","transaction | "currency":"EURO","transaction | A stored case holds a value that cannot be: "EURO" is not a currency of ISO 4217. Maybe use three capital letters, e.g. EUR.
          """)
  void what_was_not_written_by_this_version_is_refused(
      String written, String stored, String message) {
    var spoiled = text(state()).replace(written, stored == null ? "" : stored);
    assertThat(spoiled).isNotEqualTo(text(state()));

    assertThatThrownBy(() -> CaseJson.read(spoiled.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Corrupt.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"[]", "1", "\"\"", "null", "''", "{"})
  void what_is_no_object_is_refused(String stored) {
    assertThatThrownBy(() -> CaseJson.read(stored.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Corrupt.class)
        .hasMessageStartingWith("A stored record is not");
  }

  private static ExceptionCase state() {
    var report = Reports.report("ref-1", AT).build();
    return ExceptionCase.from(
        new CaseEvent.Opened(report, report.contentHash(), report.substanceHash(), AT), AT);
  }

  private static String text(ExceptionCase state) {
    return new String(CaseJson.write(state), StandardCharsets.UTF_8);
  }
}
