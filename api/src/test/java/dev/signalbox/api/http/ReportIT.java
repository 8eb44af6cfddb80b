package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.OpenStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Reports that are as they should be: one, many, a stream. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportIT {
  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @Test
  void a_report_is_recorded_and_can_be_seen_where_the_answer_says() {
    var recorded = box.reporter().reports(report("one")).is(201);
    var id = recorded.text("id");
    assertThat(recorded.header("Location")).isEqualTo("/v1/exceptions/" + id);
    assertThat(recorded.text("effect")).isEqualTo("recorded");

    var seen = box.viewer().sees(id).is(200);

    assertThat(seen.header("ETag")).isEqualTo(recorded.header("ETag")).isEqualTo("\"3\"");
    assertThat(seen.text("status")).isEqualTo("OPEN");
    assertThat(box.viewer().events(id)).isEqualTo(List.of("Opened", "Classified", "Routed"));
  }

  @Test
  void a_repeat_is_answered_with_what_is_known_and_changes_nothing() {
    var id = box.reporter().reports(report("repeat")).is(201).text("id");
    var before = box.rows();

    var repeat = box.reporter().reports(report("repeat")).is(200);

    assertThat(repeat.text("id")).isEqualTo(id);
    assertThat(repeat.json().path("duplicate").booleanValue()).isTrue();
    assertThat(repeat.header("ETag")).isEqualTo("\"3\"");
    assertThat(box.rows()).isEqualTo(before);
  }

  @Test
  void the_same_item_with_another_amount_is_a_conflict_and_the_attempt_is_kept() {
    var id = box.reporter().reports(report("conflict")).is(201).text("id");

    box.reporter().reports(report("conflict").put("amount", "7.00")).isProblem(409, "CONFLICT");

    assertThat(box.viewer().sees(id).text("amount")).isEqualTo("100.00");
    assertThat(box.viewer().events(id)).endsWith("ConflictingReport");
  }

  @Test
  void a_report_is_withdrawn_when_the_counterpart_arrives() {
    var id = box.reporter().reports(report("withdrawn")).is(201).text("id");

    var cleared =
        box.reporter()
            .reports(
                "{\"source\":\"bank-a-mt940\",\"sourceRef\":\"withdrawn\",\"cleared\":true,"
                    + "\"reason\":\"arrived\"}")
            .is(200);

    assertThat(cleared.text("id")).isEqualTo(id);
    assertThat(cleared.text("status")).isEqualTo("RESOLVED");
    assertThat(cleared.json().at("/resolution/reason").asText()).isEqualTo("arrived");
  }

  @Test
  void all_that_is_reported_is_shown_again_as_it_was_said() {
    var text = report("whole");
    text.put("context", "cards")
        .put("period", "2026-02")
        .put("reasonDetails", "=1+1, <b>, \t é 😀");
    text.put("baseAmount", "-99.5").put("detectedAt", "2026-03-02T09:30:00.123456Z");
    text.put("confidence", "0.25").put("glAccount", "1200");
    text.putArray("regulatory").add("SOX");
    text.putArray("candidates")
        .addObject()
        .put("ref", "L-1")
        .put("amount", "1")
        .put("currency", "USD");
    text.putObject("attributes")
        .put("branch", "042")
        .put("big", new BigDecimal("12345678901234567890.5"));

    var id = box.reporter().reports(text).is(201).text("id");

    var seen = box.viewer().sees(id).is(200).json();
    for (var field : text.properties()) {
      if (!field.getKey().equals("counterparty") && !field.getKey().equals("transactionDate")) {
        assertThat(seen.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
      }
    }
    assertThat(seen.at("/counterparty/name").asText()).isEqualTo("Meier & Söhne");
  }

  @Test
  void a_clean_item_is_matched_by_rules_at_once_and_the_explanation_says_by_which() {
    var clean = report("clean").put("confidence", "0.97");
    clean
        .putArray("candidates")
        .addObject()
        .put("ref", "L-7")
        .put("amount", "100.00")
        .put("currency", "EUR")
        .put("reference", "CLEAN");

    var recorded = box.reporter().reports(clean).is(201);

    var id = recorded.text("id");
    assertThat(recorded.text("status")).isEqualTo("RESOLVED");
    var seen = box.viewer().sees(id).is(200);
    assertThat(seen.json().at("/resolution/kind").asText()).isEqualTo("AUTO_MATCH");
    assertThat(seen.json().at("/resolution/candidate").asText()).isEqualTo("L-7");
    assertThat(seen.json().has("nextAction")).isFalse();
    var why = box.viewer().reads(id, "explanation").is(200).json();
    assertThat(why.at("/decisions/2/point").asText()).isEqualTo("resolve");
    assertThat(why.at("/decisions/2/decision/resolution/candidate").asText()).isEqualTo("L-7");
    assertThat(why.at("/decisions/2/rules/0/id").asText()).isEqualTo("resolve-exact-match");
    assertThat(why.at("/decisions/3/point").asText()).isEqualTo("approve");
    assertThat(why.at("/decisions/3/decision/approvals")).isEmpty();
  }

  @Test
  void what_rules_were_asked_is_shown_as_it_was_at_each_decision() {
    var first = report("asked");
    var id = box.reporter().reports(first).is(201).text("id");
    var again = report("asked").put("reasonCode", "MISSING_RECORD").put("baseAmount", "20000.00");
    box.reporter().reports(again).is(200);

    var now = box.viewer().reads(id, "question").is(200).json();
    var then = box.viewer().reads(id, "question?until=2").is(200).json();

    assertThat(then.path("seq").asInt()).isEqualTo(1);
    assertThat(then.path("occasion").asText()).isEqualTo("OPENED");
    assertThat(then.at("/report/reasonCode")).isEqualTo(first.path("reasonCode"));
    assertThat(then.at("/report").has("baseAmount")).isFalse();
    assertThat(then.path("ruleset")).isEqualTo(now.path("ruleset"));
    assertThat(now.path("occasion").asText()).isEqualTo("REDETECTED");
    assertThat(now.path("seq").asInt()).isGreaterThan(2);
    assertThat(now.at("/report/reasonCode").asText()).isEqualTo("MISSING_RECORD");
    assertThat(now.at("/report/baseAmount").asText()).isEqualTo("20000.00");
    assertThat(now.path("firstDetectedAt")).isEqualTo(then.path("firstDetectedAt"));
  }

  @Test
  void of_what_is_not_there_nothing_was_asked() {
    var id = box.reporter().reports(report("unasked")).is(201).text("id");
    var nobody = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    box.viewer()
        .reads(nobody, "question")
        .isProblem(404, "NOT_FOUND", "There is no exception with the id %s.".formatted(nobody));
    box.viewer().reads(id, "question?until=0").isProblem(400, "INVALID");
  }

  @Test
  void a_list_is_answered_item_by_item_in_order() {
    var answers =
        box.reporter()
            .reportsAll(
                List.of(report("l1"), report("l2").put("amount", 2), report("l1"), report("l3")))
            .is(200)
            .items();

    assertThat(answers)
        .extracting(answer -> answer.path("line").asInt() + " " + answer.path("status").asText())
        .containsExactly("1 recorded", "2 refused", "3 duplicate", "4 recorded");
    assertThat(answers.get(2).path("id")).isEqualTo(answers.getFirst().path("id"));
    box.viewer().sees(answers.getLast().path("id").asText()).is(200);
  }

  @Test
  void a_stream_is_answered_line_by_line_in_order_and_a_bad_line_harms_no_other() {
    var text = new StringBuilder();
    for (int i = 1; i <= 3_000; i++) {
      var line = i % 100 == 0 ? "{\"source\":1}" : report("s" + i % 2_900).toString();
      text.append(line).append(i % 2 == 0 ? "\r\n" : "\n");
    }

    var answers = box.reporter().streams(text.toString().getBytes(UTF_8)).is(200).lines();

    assertThat(answers).hasSize(3_000);
    for (int i = 1; i <= 3_000; i++) {
      var expected = i % 100 == 0 ? "refused" : i > 2_900 ? "duplicate" : "recorded";
      assertThat(
              answers.get(i - 1).path("line").asInt()
                  + " "
                  + answers.get(i - 1).path("status").asText())
          .isEqualTo(i + " " + expected);
    }
  }

  @Test
  void what_a_stream_says_of_one_item_happens_in_its_order() {
    var text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append(report("o" + i)).append('\n');
      text.append(
          "{\"source\":\"bank-a-mt940\",\"sourceRef\":\"o%d\",\"cleared\":true}\n".formatted(i));
    }

    var answers = box.reporter().streams(text.toString().getBytes(UTF_8)).is(200).lines();

    for (int i = 0; i < 600; i++) {
      assertThat(answers.get(i).path("status").asText())
          .isEqualTo(i % 2 == 0 ? "recorded" : "cleared");
    }
  }

  @Test
  void a_stream_is_answered_while_it_comes() {
    var stream = new OpenStream(box.reporter().client(), box.vertx());

    stream.sends(report("while-1") + "\n" + report("while-2").toString());

    assertThat(stream.nextAnswer().path("status").asText()).isEqualTo("recorded");
    stream.sends("\n");
    assertThat(stream.nextAnswer().path("line").asInt()).isEqualTo(2);
    stream.ends();
    assertThat(stream.isAnswered()).isTrue();
  }

  @Test
  void of_a_stream_that_breaks_off_the_whole_lines_are_kept_and_half_a_line_is_not() {
    long before = box.cases();
    var stream = new OpenStream(box.reporter().client(), box.vertx());
    var half = report("broken-2").toString();
    stream.sends(report("broken-1") + "\n" + half);
    var id = stream.nextAnswer().path("id").asText();

    stream.breaksOff();

    box.viewer().sees(id).is(200);
    box.reporter().reports(report("broken-3")).is(201);
    assertThat(box.cases()).isEqualTo(before + 2);
    box.reporter().reports(half).is(201);
  }
}
