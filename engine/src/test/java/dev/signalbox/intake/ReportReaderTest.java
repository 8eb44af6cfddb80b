package dev.signalbox.intake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportReaderTest {
  private static final String GOOD =
      """
      {"source": "bank-a", "sourceRef": "1", "reasonCode": "OTHER", "amount": "-12.50",
       "currency": "EUR", "transactionDate": "2026-03-01"}\
      """;

  @Test
  void the_required_fields_are_enough() {
    var report = report(GOOD);

    assertThat(report.identity()).isEqualTo(new ItemIdentity("default", "bank-a", "1", null));
    assertThat(report.money()).isEqualTo(Money.of("-12.50", "EUR"));
    assertThat(report.transactionDate()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @Test
  void every_field_arrives_and_the_raw_record_is_kept_to_the_character() {
    var report =
        report(
            with(
                """
                "payload": { "a" : 1.10, "b":[1,2 , 3] }, "attributes": {"x": [1.50, true, null]},
                "confidence": 0.93, "counterparty": {"id": "c", "riskTier": "HIGH", "trusted": true},
                "regulatory": ["SOX"], "candidates": [{"ref": "L1", "amount": "1", "currency": "EUR",
                "date": "2026-03-02", "score": "0.5"}], "reasonDetails": "<b>=cmd|' /C calc'!A0</b>",
                "detectedAt": "2026-03-01T10:00:00+02:00", "baseAmount": null\
                """));

    assertThat(requireNonNull(report.payload()).json())
        .isEqualTo("{ \"a\" : 1.10, \"b\":[1,2 , 3] }");
    assertThat(report.attributes())
        .isEqualTo(Map.of("x", list(new BigDecimal("1.50"), true, null)));
    assertThat(report.reasonDetails()).isEqualTo("<b>=cmd|' /C calc'!A0</b>");
    assertThat(report.detectedAt()).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
    assertThat(report.candidates()).hasSize(1);
  }

  @Test
  void a_withdrawal_needs_the_identity_only() {
    var reading =
        ReportReader.read(
            "{\"source\":\"a\",\"sourceRef\":\"1\",\"cleared\":true,\"reason\":\"r\"}");

    assertThat(reading)
        .isEqualTo(new ReportReading.Withdrawn(new ItemIdentity("default", "a", "1", null), "r"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "amount": 12.5            | /amount | An amount is a text like "1234.56", not a JSON number, which would lose cents.
          "amount": "1e20000000"    | /amount | "1e20000000" is not a decimal like "-1234.56".
          "amount": "NaN"           | /amount | "NaN" is not a decimal like "-1234.56".
          "amount": "1,000.00"      | /amount | "1,000.00" is not a decimal like "-1234.56".
          "amount": "999999999999999999999999999999999999999" | /amount | The number has 39 digits; at most 38 are possible.
          "amount": "0.123456789"   | /amount | The number has 9 decimals; at most 8 are possible.
          "amount": true            | /amount | It needs a text, not true or false.
          "transactionDate": "2026-02-30" | /transactionDate | "2026-02-30" is not an instant like "2026-03-01T09:30:00Z" or a date like "2026-03-01", in the years 1900 to 2200.
          "detectedAt": "2026-03-01T10:00:00" | /detectedAt | "2026-03-01T10:00:00" is not an instant like "2026-03-01T09:30:00Z", in the years 1900 to 2200.
          "confidence": 1.5         | /confidence | "1.5" is not a number from 0 to 1.
          "amout": "1"              | /amout | There is no field "amout". Maybe "amount".
          "source": "a\\u0000b"     | /source | The text holds the character U+0000.
          "source": "a\\nb"         | /source | The text holds a control character.
          "reasonDetails": "\\ud800" | /reasonDetails | The text holds half of a surrogate pair.
          "counterparty": {"riskTeir": "LOW"} | /counterparty/riskTeir | There is no field "riskTeir". Maybe "riskTier".
          "counterparty": "Meier"   | /counterparty | It needs an object, not a text.
          "candidates": [{"ref": "1"}, {"ref": "2", "amount": "x"}] | /candidates/1/amount | "x" is not a decimal like "-1234.56".
          "attributes": {"a": {"b/c": "\\u0000"}} | /attributes/a/b~1c | The text holds the character U+0000.
          "attributes": {"a": 1e2000} | /attributes/a | The number's exponent is too large.
          "regulatory": "SOX"       | /regulatory | It needs a list, not a text.
          "reason": "x"             | /reason | A "reason" belongs to a withdrawal. Maybe "reasonDetails", or "cleared": true.
          """)
  void what_is_wrong_is_said_with_its_place(String field, String pointer, String detail) {
    assertThat(problems(with(field))).first().isEqualTo(List.of(pointer, detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                        | The text is not JSON: something is wrong at column 2.
          []                       | A report is a JSON object.
          `                       `| The text is not JSON: it is empty.
          {} {}                    | There is more text after the report.
          """)
  void what_is_no_json_object_is_refused_whole(String text, String detail) {
    assertThat(problems(text)).containsExactly(List.of("", detail));
  }

  @Test
  void what_breaks_the_syntax_is_said_with_its_place() {
    assertThat(problems("{\"source\":\"a\",\"source\":\"b\"}"))
        .containsExactly(List.of("/source", "The field \"source\" appears twice."));
    assertThat(problems("{\"confidence\": NaN}"))
        .containsExactly(
            List.of("/confidence", "The text is not JSON: something is wrong at column 19."));
  }

  @Test
  void a_currency_that_does_not_exist_is_refused() {
    assertThat(problems(GOOD.replace("EUR", "EURO")))
        .extracting(List::getFirst)
        .containsExactly("/currency");
  }

  @Test
  void all_that_is_missing_is_said_at_once() {
    assertThat(problems("{}"))
        .extracting(List::getFirst)
        .containsExactly(
            "/source", "/sourceRef", "/reasonCode", "/amount", "/currency", "/transactionDate");
  }

  @Test
  void nesting_without_end_is_refused() {
    assertThat(problems(with("\"payload\": " + "[".repeat(100_000) + "]".repeat(100_000))))
        .containsExactly(List.of("", "Objects and lists are nested more than 64 deep."));
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() {
    var bytes = GOOD.replace("bank-a", "b\u0001").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 1 ? (byte) 0xC0 : bytes[i];
    }

    assertThat(problems(ReportReader.read(bytes)))
        .containsExactly(List.of("", "The text is not valid UTF-8."));
  }

  @Test
  void whatever_comes_in_a_reading_comes_out() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var alphabet = "{}[]\",:\\u0e1-+.tfn \n\u00e9\ud83d".toCharArray();
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder(GOOD);
      for (int change = random.nextInt(6); change >= 0; change--) {
        text.setCharAt(random.nextInt(text.length()), alphabet[random.nextInt(alphabet.length)]);
      }
      assertThat(ReportReader.read(text.toString())).as("seed %d: %s", seed, text).isNotNull();
    }
  }

  /** The good report with one field more, or another value for it. */
  private static String with(String field) {
    var name = field.substring(0, field.indexOf(':')).strip();
    var rest = GOOD.substring(1).replaceFirst(name + ": \"[^\"]*\",? *", "").strip();
    return "{" + field + ", " + rest.replaceFirst(", *}$", "}");
  }

  private static ExceptionReport report(String text) {
    var reading = ReportReader.read(text);
    assertThat(reading).isInstanceOf(ReportReading.Reported.class);
    return ((ReportReading.Reported) reading).report();
  }

  private static List<List<String>> problems(String text) {
    return problems(ReportReader.read(text));
  }

  private static List<List<String>> problems(ReportReading reading) {
    assertThat(reading).isInstanceOf(ReportReading.Refused.class);
    return ((ReportReading.Refused) reading)
        .problems().stream().map(problem -> List.of(problem.pointer(), problem.detail())).toList();
  }

  private static List<@Nullable Object> list(@Nullable Object... items) {
    var list = new ArrayList<@Nullable Object>();
    Collections.addAll(list, items);
    return list;
  }
}
