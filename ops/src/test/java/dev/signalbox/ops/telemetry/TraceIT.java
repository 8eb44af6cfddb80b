package dev.signalbox.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Access;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.OtlpReceiver;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.Until;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets of a report, its dispatch and its answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TraceIT {
  private static final OtlpReceiver COLLECTOR = OtlpReceiver.start();
  private static LiveBox box;

  @BeforeAll
  static void start(@TempDir Path data) {
    box = LiveBox.start(data, toCollector());
  }

  @AfterAll
  static void stop() {
    box.close();
    COLLECTOR.close();
  }

  private static Map<String, String> toCollector() {
    return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR.url());
  }

  @Test
  void report_dispatch_and_answer_are_one_trace_that_the_caller_began() {
    var id =
        box.reported(
            LiveBox.reportForWebhook("trace-1"),
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    var spans = spansUntilAnswered(id);

    assertThat(spans)
        .extracting(OtlpReceiver::traceId)
        .containsOnly("4bf92f3577b34da6a3ce929d0e0e4736");
    var report = named(spans, "POST /v1/exceptions");
    assertThat(OtlpReceiver.parentId(report)).isEqualTo("00f067aa0ba902b7");
    var delivery = lastNamed(spans, "dispatch webhook");
    assertThat(OtlpReceiver.parentId(delivery)).isEqualTo(OtlpReceiver.spanId(report));
    assertThat(OtlpReceiver.attribute(delivery, "signalbox.outcome")).isEqualTo("DELIVERED");
    var answer = named(spans, "callback webhook");
    assertThat(OtlpReceiver.parentId(answer)).isEqualTo(OtlpReceiver.spanId(report));
    assertThat(answer.getLinksList())
        .as("the request that brought the answer")
        .extracting(link -> link.getSpanId())
        .containsExactly(
            lastNamed(COLLECTOR.spans(), "POST /callbacks/webhook/{target}").getSpanId());
  }

  @Test
  void each_line_of_a_stream_is_a_trace_of_its_own_linked_to_the_request() {
    var lines = LiveBox.reportForWebhook("line-1") + "\n" + LiveBox.reportForWebhook("line-2");
    var answers = box.post("/v1/exceptions", "application/x-ndjson", lines).body().lines().toList();
    assertThat(answers).hasSize(2);
    var ids = answers.stream().map(line -> line.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1"));
    var traces = ids.map(id -> spansUntilAnswered(id)).toList();

    var request = lastNamed(COLLECTOR.spans(), "POST /v1/exceptions");
    for (var spans : traces) {
      assertThat(spans).extracting(OtlpReceiver::traceId).containsOnly(traceOf(spans));
      var report = named(spans, "report");
      assertThat(report.getLinksList())
          .extracting(link -> link.getSpanId())
          .containsExactly(request.getSpanId());
    }
    assertThat(
            Set.of(traceOf(traces.get(0)), traceOf(traces.get(1)), OtlpReceiver.traceId(request)))
        .hasSize(3);
  }

  @Test
  void the_journal_names_the_trace_of_each_event() {
    var id = box.reported(LiveBox.reportForWebhook("journal-1"));
    var trace = traceOf(spansUntilAnswered(id));
    var events = Api.json(box.get("/v1/exceptions/" + id + "/history")).path("items");
    assertThat(events).isNotEmpty();
    events.forEach(event ->
        assertThat(event.path("record").path("trace").asText()).as("%s", event).isEqualTo(trace));
  }

  @Test
  void the_trace_goes_on_after_a_restart_and_the_collector_gets_metrics(@TempDir Path data) {
    var postgres = TestPostgres.freshDatabase();
    var key = Access.newKey();
    String id;
    try (var node = Node.start(LiveBox.settings(postgres, key, data, toCollector()))) {
      id = new Api(node.url(), key).reported(LiveBox.reportForWebhook("restart-1"));
    }
    assertThat(COLLECTOR.metrics())
        .as("sent at the latest when the node stops")
        .contains("signalbox.exception.reported", "http.server.request.duration");
    var report = COLLECTOR.spansAbout(id);
    assertThat(report).extracting(Span::getName).containsExactly("POST /v1/exceptions");

    try (var _ = LiveBox.start(postgres, data, toCollector())) {
      assertThat(spansUntilAnswered(id))
          .extracting(OtlpReceiver::traceId)
          .containsOnly(traceOf(report));
    }
  }

  /** The stand-in answers nearly always; which it leaves unanswered follows from its seed. */
  private List<Span> spansUntilAnswered(String id) {
    Until.holds(() ->
        COLLECTOR.spansAbout(id).stream().anyMatch(span -> span.getName().startsWith("callback")));
    return COLLECTOR.spansAbout(id).stream()
        .filter(span -> !span.getName().startsWith("POST /callbacks"))
        .filter(span -> !span.getName().startsWith("GET"))
        .collect(Collectors.toList());
  }

  private static String traceOf(List<Span> spans) {
    return OtlpReceiver.traceId(spans.getFirst());
  }

  private static Span named(List<Span> spans, String name) {
    var found = spans.stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static Span lastNamed(List<Span> spans, String name) {
    var found = spans.stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as(name).isNotEmpty();
    return found.getLast();
  }
}
