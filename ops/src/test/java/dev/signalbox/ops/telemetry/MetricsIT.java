package dev.signalbox.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.StormGuard;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page at /metrics after stories whose numbers are known. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsIT {
  private static LiveBox box;

  @BeforeAll
  static void start(@TempDir Path data) {
    box = LiveBox.start(data);
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  @Test
  void reports_are_counted_once_each_by_what_became_of_them() {
    var before = page();
    var report = LiveBox.report("count-1");
    post(report.toString());
    post(report.toString());
    post(report.deepCopy().put("confidence", "0.4").toString());
    post(report.deepCopy().put("amount", "101.00").toString());
    post(LiveBox.report("count-2").put("amount", "250000.00").toString());
    post(report.deepCopy().put("amount", "not a number").toString());
    box.post(
        "/v1/exceptions",
        "application/x-ndjson",
        "%s\n{\"broken\n%s\n".formatted(LiveBox.report("count-3"), report));

    assertThat(grown(before, "signalbox_exception_reported_total"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "outcome=\"recorded\"", 3.0,
                "outcome=\"duplicate\"", 1.0,
                "outcome=\"redetected\"", 2.0,
                "outcome=\"conflict\"", 1.0,
                "outcome=\"refused\"", 2.0));
    assertThat(grown(before, "signalbox_command_refused_total"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("error_type=\"CONFLICT\"", 1.0, "error_type=\"INVALID\"", 2.0));
    assertThat(grown(before, "signalbox_exception_classified_total"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("severity=\"CRITICAL\"", 1.0, "severity=\"LOW\"", 2.0));
    var after = page();
    assertThat(after.sum("signalbox_exception_routed_total")).isPositive();
    assertThat(after.sum("signalbox_journal_appended_total")).isEqualTo(count("journal"));
  }

  @Test
  void requests_are_timed_by_route_status_and_problem() {
    box.reported(LiveBox.report("timed-1"));
    var before = page();
    box.get("/v1/exceptions/00000000-0000-8000-8000-000000000001");
    box.get("/v1/exceptions/00000000-0000-8000-8000-000000000002");
    box.get("/nothing/here");
    Until.holds(() ->
        grown(before, "http_server_request_duration_seconds_count").values().stream()
                .mapToDouble(Double::doubleValue)
                .sum()
            >= 3);
    assertThat(grown(before, "http_server_request_duration_seconds_count"))
        .containsEntry(
            "error_type=\"NOT_FOUND\",http_request_method=\"GET\",http_response_status_code=\"404\","
                + "http_route=\"/v1/exceptions/{id}\"",
            2.0)
        .containsEntry(
            "error_type=\"NOT_FOUND\",http_request_method=\"GET\",http_response_status_code=\"404\","
                + "http_route=\"unknown\"",
            1.0);
    assertThat(page().types())
        .containsEntry("http_server_request_duration_seconds", "histogram")
        .containsEntry("signalbox_desk_commit_duration_seconds", "histogram")
        .containsEntry("signalbox_decision_duration_seconds", "histogram");
  }

  @Test
  void work_is_counted_by_target_and_outcome_and_breakers_show() throws InterruptedException {
    for (int i = 0; i < 40; i++) {
      box.reported(LiveBox.reportForWebhook("work-" + i));
    }
    assertThat(box.demo().awaitTheEnd()).isTrue();

    var stored = new TreeMap<String, Double>();
    box.postgres()
        .asOwner()
        .read(tx -> tx.query("SELECT outcome, count(*) AS count FROM work_attempt GROUP BY 1"))
        .forEach(row -> stored.put(row.text("outcome"), (double) row.int64("count")));
    var page = page();
    assertThat(stored).containsKey("DELIVERED").hasSizeGreaterThan(1);
    stored.forEach((outcome, count) -> {
      var label = "outcome=\"%s\"".formatted(outcome);
      assertThat(page.sum("signalbox_work_attempted_total", label)).isEqualTo(count);
      assertThat(page.sum("signalbox_work_attempt_duration_seconds_count", label)).isEqualTo(count);
    });
    assertThat(page.sum("signalbox_work_attempted_total", "target=\"webhook\"")).isGreaterThan(40);
    assertThat(page.value("signalbox_breaker_changed_total{state=\"OPEN\",target=\"webhook\"}"))
        .as("the stand-in has an outage at its 25th request")
        .isPositive();
    Until.holds(
        () -> page().value("signalbox_breaker_state{state=\"CLOSED\",target=\"webhook\"}") == 1);
    assertThat(page.value("signalbox_breaker_state{state=\"CLOSED\",target=\"jira\"}"))
        .isEqualTo(1);
    assertThat(page.sum("signalbox_callback_received_total"))
        .isEqualTo(count("journal WHERE type LIKE 'Callback%'"));
  }

  @Test
  void the_depth_of_queues_and_the_age_of_their_oldest_show() {
    box.reported(LiveBox.report("depth-1"));
    Until.holds(() -> {
      var page = page();
      return page.sum("signalbox_queue_depth") > 0
          && page.sum("signalbox_queue_depth") == count("exception_case WHERE status <> 'RESOLVED'")
          && page.types().containsKey("signalbox_queue_oldest_age_seconds");
    });
  }

  @Test
  void a_due_time_that_passes_is_counted_by_severity() {
    var telemetry = Telemetry.begin(null);
    try (telemetry;
        var guarded = TestBox.telling(new Signals(telemetry.api()), StormGuard.off())) {
      guarded.report(Reports.report("sla-1", TestBox.START).of("250000.00").build());
      guarded.clock().advance(Duration.ofHours(25));
      guarded.letTimersHappen();
      assertThat(
              MetricsPage.read(telemetry.page())
                  .value(
                      "signalbox_deadline_passed_total{severity=\"CRITICAL\",what=\"RESOLUTION\"}"))
          .isEqualTo(1);
    }
  }

  @Test
  void nothing_a_caller_sends_becomes_a_label() {
    traffic("Xyzzy-1");
    traffic("Xyzzy-2");

    assertThat(page().labelValues())
        .contains("PROGRESS", "/v1/exceptions/{id}/callback", "unknown", "/callbacks/{target}")
        .noneMatch(value -> value.contains("Xyzzy"))
        .noneMatch(value -> value.contains("bank-a"))
        .noneMatch(value -> value.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*"));
  }

  private static void traffic(String word) {
    var id = box.reported(LiveBox.reportForJira("label-" + word).put("context", "book-" + word));
    Until.holds(() -> box.get("/v1/exceptions/" + id).body().contains("PENDING_RESOLUTION"));
    box.get("/v1/exceptions/" + id + "/history");
    box.get("/nothing/" + word);
    box.post("/callbacks/" + word, "application/json", "{}");
    box.post(
        "/v1/exceptions/%s/callback".formatted(id),
        "application/json",
        """
        {"externalSystem": "%s", "status": "IN_PROGRESS"}
        """
            .formatted(word),
        "Idempotency-Key",
        word);
  }

  private static HttpResponse<String> post(String report) {
    return box.post("/v1/exceptions", "application/json", report);
  }

  private static double count(String from) {
    return box.postgres()
        .asOwner()
        .read(tx -> tx.query("SELECT count(*) AS count FROM " + from))
        .getFirst()
        .int64("count");
  }

  private static MetricsPage page() {
    return MetricsPage.read(box.get("/metrics").body());
  }

  /**
   * By how much each series of a name has grown, by its labels; those that have not are left out.
   */
  private static Map<String, Double> grown(MetricsPage before, String name) {
    var grown = new TreeMap<String, Double>();
    page()
        .samples()
        .forEach((series, value) -> {
          double more = value - before.value(series);
          if (series.startsWith(name + "{") && more > 0) {
            grown.put(series.substring(name.length() + 1, series.length() - 1), more);
          }
        });
    return grown;
  }
}
