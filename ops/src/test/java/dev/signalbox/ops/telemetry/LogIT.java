package dev.signalbox.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.LogLines;
import dev.signalbox.testkit.Until;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line that is about an exception says so, and says in which trace. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private static LiveBox box;
  private LogLines log;

  @BeforeAll
  static void start(@TempDir Path data) {
    box = LiveBox.start(data);
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  @BeforeEach
  void listen() {
    log = LogLines.begin();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  void the_request_and_the_decision_carry_the_callers_trace_and_the_case() {
    var id = box.reported(LiveBox.report("log-1"), "traceparent", TRACE_PARENT);

    assertThat(log.awaitBeginning("POST /v1/exceptions: 201"))
        .hasSize(1)
        .allSatisfy(line -> carries(line, id));
    assertThat(log.beginning("RECORDED")).hasSize(1).allSatisfy(line -> carries(line, id));
  }

  @Test
  void attempts_and_answers_carry_the_trace_of_the_report() {
    var id = box.reported(LiveBox.reportForWebhook("log-2"), "traceparent", TRACE_PARENT);
    Until.holds(() -> log.beginning("CHANGED by Adapter: [CallbackReceived").size() == 1);

    assertThat(log.beginning("Attempt 1 at webhook"))
        .hasSize(1)
        .allSatisfy(line -> carries(line, id));
    assertThat(log.beginning("CHANGED by Adapter"))
        .hasSizeGreaterThan(1)
        .allSatisfy(line -> carries(line, id));
    var carrier = log.awaitBeginning("POST /callbacks/webhook/{target}");
    assertThat(carrier)
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.at("/mdc/case_id").asText()).isEqualTo(id);
          assertThat(line.at("/mdc/trace_id").asText()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        });
  }

  @Test
  void each_line_of_a_stream_has_its_own_case_and_trace() {
    var answers =
        box.post(
                "/v1/exceptions",
                "application/x-ndjson",
                LiveBox.report("log-3") + "\n" + LiveBox.report("log-4"))
            .body();
    var recorded = log.beginning("RECORDED");
    assertThat(recorded).hasSize(2);
    assertThat(recorded.get(0).at("/mdc/trace_id"))
        .isNotEqualTo(recorded.get(1).at("/mdc/trace_id"));
    recorded.forEach(line -> assertThat(answers).contains(line.at("/mdc/case_id").asText()));
  }

  @Test
  void a_failure_inside_is_logged_with_the_ids_of_its_request() {
    var id = box.reported(LiveBox.report("log-5"));
    breakTheJournal();
    try {
      var answer =
          box.post(
              "/v1/exceptions/" + id + "/clear",
              "application/json",
              "{\"reason\":\"the counterpart arrived\"}",
              "traceparent",
              TRACE_PARENT);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(log.beginning("A request failed"))
          .hasSize(1)
          .allSatisfy(line -> {
            carries(line, id);
            assertThat(line.path("level").asText()).isEqualTo("ERROR");
            assertThat(line.at("/throwable/message").asText()).isNotEmpty();
          });
    } finally {
      mendTheJournal();
    }
  }

  @Test
  void nothing_is_left_on_a_thread_for_the_next_request() {
    box.reported(LiveBox.report("log-6"), "traceparent", TRACE_PARENT);
    box.get("/health/live");
    assertThat(log.awaitBeginning("GET /health/live"))
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.at("/mdc/case_id").isMissingNode()).isTrue();
          assertThat(line.at("/mdc/trace_id").asText()).isNotEqualTo(TRACE);
        });
  }

  private static void carries(JsonNode line, String id) {
    assertThat(line.at("/mdc/trace_id").asText()).isEqualTo(TRACE);
    assertThat(line.at("/mdc/span_id").asText()).matches("[0-9a-f]{16}");
    assertThat(line.at("/mdc/case_id").asText()).isEqualTo(id);
  }

  private static void breakTheJournal() {
    journal("ALTER TABLE journal RENAME TO journal_away");
  }

  private static void mendTheJournal() {
    journal("ALTER TABLE journal_away RENAME TO journal");
  }

  private static void journal(String sql) {
    box.postgres().asSuperuser().inTransaction(tx -> tx.update(sql));
  }
}
