package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a report is said with its place, and nothing of it is written. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadReportsIT {
  private static final int MEBIBYTE = 1 << 20;

  private static ApiBox box;
  private Map<String, Long> before = Map.of();

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @BeforeEach
  void count() {
    before = box.rows();
  }

  @AfterEach
  void nothing_was_written() {
    assertThat(box.rows()).isEqualTo(before);
  }

  /** A good report in which one field is another, as JSON with single quotes. */
  private static String with(String field) {
    var json = field.replace('\'', '"');
    var name = json.substring(1, json.indexOf('"', 1));
    var rest = report("bad");
    rest.remove(name);
    return "{" + json + "," + rest.toString().substring(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'amount': 12.5                 | /amount | NUMBER
          'amount': 1e20000000           | /amount | NUMBER
          'amount': '1e20000000'         | /amount | INVALID
          'amount': 'NaN'                | /amount | INVALID
          'amount': '1.234,50'           | /amount | INVALID
          'amount': '=1+1'               | /amount | INVALID
          'amount': ['1']                | /amount | WRONG_TYPE
          'amount': null                 | /amount | MISSING
          'amount': '100000000000000000000000000000000000000' | /amount | INVALID
          'baseAmount': '0.000000001'    | /baseAmount | INVALID
          'currency': 'XQZ'              | /currency | INVALID
          'currency': 'eur'              | /currency | INVALID
          'currency': 978                | /currency | WRONG_TYPE
          'transactionDate': '2026-02-30'| /transactionDate | INVALID
          'transactionDate': '2026-03-02 09:00' | /transactionDate | INVALID
          'transactionDate': '+999999999-12-31T23:59:59Z' | /transactionDate | INVALID
          'detectedAt': 1772445600       | /detectedAt | WRONG_TYPE
          'reasonCode': 'AMOUNT_OUTSIDE' | /reasonCode | INVALID
          'confidence': 1e400            | /confidence | OUT_OF_RANGE
          'source': ''                   | /source | EMPTY
          'source': 'a\\u0000b'          | /source | NUL_CHARACTER
          'sourceRef': 'a\\nb'           | /sourceRef | CONTROL_CHARACTER
          'glAccount': '\\udc00'         | /glAccount | LONE_SURROGATE
          'amout': '1'                   | /amout | UNKNOWN_FIELD
          'a/b~c': '1'                   | /a~1b~0c | UNKNOWN_FIELD
          'counterparty': {'riskTeir': 'LOW'} | /counterparty/riskTeir | UNKNOWN_FIELD
          'candidates': [{'ref': '1'}, {'ref': '2', 'amount': 5, 'currency': 'EUR'}] | /candidates/1/amount | NUMBER
          'attributes': {'a': [0, {'b': '\\ud800'}]} | /attributes/a/1/b | LONE_SURROGATE
          'attributes': {'a': 1e20000000} | /attributes/a | TOO_LARGE
          'cleared': 'yes'               | /cleared | WRONG_TYPE
          'currency': 'EUR', 'currency': 'USD' | /currency | DUPLICATE_FIELD
          'attributes': {'a': {'b': 1, 'b': 2}} | /attributes/a/b | DUPLICATE_FIELD
          'confidence': NaN              | /confidence | NOT_JSON
          """)
  void a_wrong_field_is_named(String field, String pointer, String code) {
    var refused = box.reporter().reports(with(field)).isProblem(400, "INVALID");

    assertThat(refused.faults()).containsExactly(pointer + " " + code);
  }

  @Test
  void a_mistyped_field_is_told_the_nearest_name() {
    box.reporter()
        .reports(with("'transactionDat': '2026-03-02'"))
        .isProblem(
            400, "INVALID", "There is no field \"transactionDat\". Maybe \"transactionDate\".");
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    var refused =
        box.reporter().reports("{\"amount\":1,\"amout\":\"1\"}").isProblem(400, "INVALID");

    assertThat(refused.faults())
        .containsExactly(
            "/amount NUMBER",
            "/amout UNKNOWN_FIELD",
            "/source MISSING",
            "/sourceRef MISSING",
            "/reasonCode MISSING",
            "/currency MISSING",
            "/transactionDate MISSING");
    assertThat(refused.text("detail")).endsWith("There are 7 problems in all.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                        | NOT_JSON
          ` `                       | NOT_JSON
          {                         | NOT_JSON
          null                      | NOT_AN_OBJECT
          7                         | NOT_AN_OBJECT
          source,sourceRef,amount   | NOT_JSON
          <report><id>1</id></report> | NOT_JSON
          {"source":"a"} {}         | TRAILING_TEXT
          """)
  void what_is_no_object_is_refused_whole(String body, String code) {
    var refused = box.reporter().reports(body).isProblem(400, "INVALID");

    assertThat(refused.faults()).containsExactly(" " + code);
  }

  @Test
  void deep_nesting_costs_nothing() {
    var deep = "[".repeat(200_000) + "]".repeat(200_000);

    assertThat(
            box.reporter().reports(with("'payload': " + deep)).isProblem(400, "INVALID").faults())
        .first()
        .asString()
        .endsWith(" TOO_LARGE");
    box.reporter().reports(deep).isProblem(400, "INVALID");
  }

  @Test
  void text_in_another_encoding_is_refused() {
    var text = report("bad").toString();

    assertThat(box.reporter().reports(text.getBytes(ISO_8859_1)).isProblem(400, "INVALID").faults())
        .containsExactly(" NOT_UTF_8");
    box.reporter().reports(text.getBytes(UTF_16LE)).isProblem(400, "INVALID");
    box.reporter().reports(("[" + text + "]").getBytes(UTF_16LE)).isProblem(400, "INVALID");
  }

  @Test
  void a_report_beyond_a_mebibyte_is_too_large() {
    var long1 = with("'payload': '" + "x".repeat(MEBIBYTE) + "'");

    box.reporter().reports(long1).isProblem(413, "TOO_LONG");
    box.reporter().reports("[" + long1 + "]").is(200);
  }

  @Test
  void a_body_beyond_the_limit_is_refused_with_413() {
    box.reporter().reports(new byte[17 * MEBIBYTE]).isProblem(413, "TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/csv", "application/xml", "application/json-patch+json", "*/*"})
  void only_json_and_ndjson_are_taken(String type) {
    box.reporter()
        .client()
        .with("Content-Type", type)
        .post("/v1/exceptions", report("bad").toString())
        .isProblem(415, "MEDIA_TYPE");
  }

  @Test
  void without_a_content_type_nothing_is_guessed() {
    box.reporter()
        .client()
        .post("/v1/exceptions", report("bad").toString())
        .isProblem(
            415,
            "MEDIA_TYPE",
            "Reports are application/json or application/x-ndjson; the request names no"
                + " Content-Type.");
  }

  @Test
  void a_compressed_body_is_not_understood() {
    box.reporter()
        .client()
        .with("Content-Type", "application/json")
        .with("Content-Encoding", "gzip")
        .post("/v1/exceptions", report("bad").toString())
        .isProblem(415, "ENCODING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[", "[{]", "[{}", "[{},]", "[{}] x", "[{} {}]"})
  void a_list_that_is_none_is_refused_whole(String body) {
    box.reporter().reports(body).isProblem(400, "INVALID");
  }

  @Test
  void a_list_of_more_than_a_thousand_is_refused_whole() {
    box.reporter().reports("[" + "1,".repeat(1_000) + "1]").isProblem(400, "INVALID");
    box.reporter().reports("[" + "1,".repeat(7 * MEBIBYTE) + "1]").isProblem(400, "INVALID");
  }

  @Test
  void each_item_of_a_list_is_refused_by_itself() {
    var refused = box.reporter().reports("[" + with("'amount': 1") + ", 7, {}]").is(200);

    assertThat(refused.items())
        .extracting(item -> item.path("status").asText())
        .containsOnly("refused");
    assertThat(refused.items())
        .extracting(item -> item.path("line").asInt())
        .containsExactly(1, 2, 3);
    assertThat(faults(refused.items().getFirst())).containsExactly("/amount NUMBER");
    assertThat(faults(refused.items().get(1))).containsExactly(" NOT_AN_OBJECT");
  }

  @Test
  void each_line_of_a_stream_is_refused_by_itself() {
    var refused =
        box.reporter()
            .streams(
                with("'amount': 1"),
                "",
                "{",
                "source;amount",
                "[" + report("bad") + "]",
                "x".repeat(10 * MEBIBYTE),
                with("'curency': 'EUR'"))
            .is(200)
            .lines();

    assertThat(refused)
        .extracting(line -> line.path("line").asInt())
        .containsExactly(1, 3, 4, 5, 6, 7);
    assertThat(refused).extracting(line -> line.path("status").asText()).containsOnly("refused");
    assertThat(refused)
        .extracting(line -> line.path("problem").path("code").asText())
        .containsExactly("INVALID", "INVALID", "INVALID", "INVALID", "TOO_LONG", "INVALID");
    assertThat(faults(refused.getLast())).containsExactly("/curency UNKNOWN_FIELD");
  }

  @Test
  void a_line_that_is_not_utf_8_is_refused_by_itself() {
    var lines = (report("bad") + "\n").getBytes(ISO_8859_1);

    var refused = box.reporter().streams(lines).is(200).lines();

    assertThat(faults(refused.getFirst())).containsExactly(" NOT_UTF_8");
  }

  @Test
  void an_idempotency_key_has_1_to_255_characters() {
    for (var key : List.of(" ", "k".repeat(256))) {
      box.reporter()
          .once(key)
          .reports(report("bad"))
          .isProblem(400, "INVALID", "An Idempotency-Key has 1 to 255 visible ASCII characters.");
    }
  }

  @Test
  void a_withdrawal_of_what_nobody_reported_is_not_found() {
    var withdrawal =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", "nobody")
            .put("sourceRef", "1")
            .put("cleared", true);

    box.reporter().reports(withdrawal).isProblem(404, "NOT_FOUND");
  }

  /** However a report is damaged: the answer is one that the contract knows, and soon there. */
  @Test
  void damaged_reports_are_answered_as_the_contract_says() {
    var good = with("'amount': 1").getBytes(UTF_8);
    Seeds.each(
        200,
        random -> {
          var bytes = good.clone();
          for (int change = random.nextInt(5); change >= 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          }
          var began = System.nanoTime();
          var reply =
              random.nextBoolean() ? box.reporter().reports(bytes) : box.reporter().streams(bytes);
          assertThat(reply.status()).isIn(200, 400);
          assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        });
  }

  private static List<String> faults(JsonNode answer) {
    return Reply.faults(answer.path("problem"));
  }
}
