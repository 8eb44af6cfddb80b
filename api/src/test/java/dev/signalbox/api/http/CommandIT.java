package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands to one exception: versions, bodies, and what they come to. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandIT {
  private static final String NOBODY = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static String reported(String ref) {
    return box.reporter().reports(report(ref + COUNT.incrementAndGet())).is(201).text("id");
  }

  @Test
  void a_command_at_the_version_that_was_seen_is_carried_out_and_gives_the_next() {
    var id = reported("seen");

    var changed = box.operator().ifAt(3).dispatches(id, "webhook").is(200);

    assertThat(changed.header("ETag")).isEqualTo("\"4\"");
    assertThat(changed.text("status")).isEqualTo("PENDING_RESOLUTION");
    assertThat(changed.json().at("/dispatch/target").asText()).isEqualTo("webhook");
  }

  @Test
  void a_command_at_a_stale_version_is_refused_with_the_present_one() {
    var id = reported("stale");
    box.operator().dispatches(id, "jira").is(200);
    var before = box.rows();

    for (long version : List.of(0L, 3L, 5L)) {
      var refused =
          box.reporter()
              .ifAt(version)
              .clears(id, null)
              .isProblem(
                  412,
                  "STALE",
                  "The exception is at version 4, not %d. Maybe read it again and decide anew."
                      .formatted(version));
      assertThat(refused.header("ETag")).isEqualTo("\"4\"");
    }
    assertThat(box.rows()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"W/\"3\"", "\"3\", \"4\"", "\"x\"", "\"\"", "-1", "\"99999999999999999999\""})
  void a_version_that_is_none_is_refused(String version) {
    var id = reported("versions");

    box.reporter()
        .client()
        .with("If-Match", version)
        .post("/v1/exceptions/" + id + "/clear", "")
        .isProblem(400, "INVALID");
  }

  @Test
  void any_version_will_do_where_none_is_named() {
    box.reporter()
        .client()
        .with("If-Match", "*")
        .post("/v1/exceptions/" + reported("any") + "/clear", "")
        .is(200);
    box.reporter().clears(reported("none"), null).is(200);
  }

  @Test
  void every_command_and_view_of_what_is_not_there_is_not_found() {
    for (var what : List.of("history", "explanation")) {
      box.viewer()
          .reads(NOBODY, what)
          .isProblem(404, "NOT_FOUND", "There is no exception with the id %s.".formatted(NOBODY));
    }
    box.viewer().sees(NOBODY).isProblem(404, "NOT_FOUND");
    box.reporter().clears(NOBODY, null).isProblem(404, "NOT_FOUND");
    box.operator().dispatches(NOBODY, "jira").isProblem(404, "NOT_FOUND");
    box.operator()
        .says(NOBODY, "redrive", JsonNodeFactory.instance.objectNode())
        .isProblem(404, "NOT_FOUND");
    box.viewer().client().get("/v1/dead-letters/" + NOBODY).isProblem(404, "NOT_FOUND");
    box.operator().posts("/v1/dead-letters/" + NOBODY + "/redrive", "").isProblem(404, "NOT_FOUND");
  }

  @Test
  void what_the_state_forbids_is_refused_with_what_it_allows() {
    var id = reported("forbidden");

    box.operator()
        .says(id, "redrive", JsonNodeFactory.instance.objectNode())
        .isProblem(422, "NOT_ALLOWED");
  }

  @Test
  void a_target_that_is_not_configured_is_told_the_ones_that_are() {
    box.operator()
        .dispatches(reported("target"), "SLACK")
        .isProblem(
            422,
            "NO_TARGET",
            "There is no target \"slack\"; configured are [jira, manual, webhook].");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                              | NOT_JSON
          []                             | NOT_AN_OBJECT
          "a"                            | NOT_AN_OBJECT
          {"targetSystem":"jira"} {}     | NOT_JSON
          {"targetSystem":NaN}           | NOT_JSON
          {"targetSystem":"jira","targetSystem":"webhook"} | DUPLICATE_FIELD
          {"targetSystem":"a\\u0000"}    | /targetSystem CHARACTER
          {"targetSystem":"a\\ud800"}    | /targetSystem CHARACTER
          {"targetSystem":7}             | /targetSystem INVALID
          {"targetSystem":""}            | /targetSystem INVALID
          {"targetSystem":"jira","queue":"a b"} | /queue INVALID
          """)
  void a_body_that_is_not_as_the_contract_says_is_refused_with_its_place(
      String body, String fault) {
    var id = reported("bodies");
    var before = box.rows();

    var refused = box.operator().posts("/v1/exceptions/" + id + "/dispatch", body);

    var place = fault.startsWith("/") ? fault : " " + fault;
    assertThat(refused.isProblem(400, "INVALID").faults()).contains(place);
    assertThat(box.rows()).isEqualTo(before);
  }

  @Test
  void what_is_missing_or_too_much_in_a_body_is_named() {
    var id = reported("missing");
    var path = "/v1/exceptions/" + id + "/dispatch";

    box.operator().posts(path, "").isProblem(400, "INVALID", "The body is missing.");
    box.operator()
        .posts(path, "{}")
        .isProblem(400, "INVALID", "The field \"targetSystem\" is missing.");
    box.operator()
        .posts(path, "{\"targetSystem\":\"jira\",\"qeue\":\"q\"}")
        .isProblem(400, "INVALID", "There is no field \"qeue\". Maybe \"queue\".");
    box.operator()
        .client()
        .with("Content-Type", "application/json")
        .post(path, "{}".getBytes(UTF_16LE))
        .isProblem(400, "INVALID");
  }

  @Test
  void a_command_is_json_and_says_so() {
    var id = reported("media");
    for (var type :
        List.of("text/plain", "application/x-ndjson", "application/x-www-form-urlencoded")) {
      box.operator()
          .client()
          .with("Content-Type", type)
          .post("/v1/exceptions/" + id + "/dispatch", "{\"targetSystem\":\"jira\"}")
          .isProblem(415, "MEDIA_TYPE");
    }
    box.operator()
        .client()
        .with("Content-Type", "Application/JSON; charset=utf-8")
        .post("/v1/exceptions/" + id + "/dispatch", "{\"targetSystem\":\"Jira\"}")
        .is(200);
  }

  @Test
  void hostile_sizes_are_refused_quickly() {
    var path = "/v1/exceptions/" + reported("hostile") + "/callback";
    var callback = "{\"externalSystem\":\"jira\",\"status\":\"DONE\",\"payload\":%s}";
    var began = System.nanoTime();

    box.operator()
        .once("h1")
        .posts(path, callback.formatted("[".repeat(100_000)))
        .isProblem(400, "INVALID");
    box.operator()
        .once("h2")
        .posts(path, callback.formatted("9".repeat(200_000)))
        .isProblem(400, "INVALID");
    box.operator()
        .once("h3")
        .posts(path, callback.formatted("1e20000000"))
        .isProblem(422, "NOT_ALLOWED");
    box.operator()
        .once("h4")
        .posts(path, callback.formatted("\"" + "x".repeat(1 << 20) + "\""))
        .isProblem(413, "TOO_LARGE");

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void an_explanation_names_the_ruleset_and_the_rules_of_every_decision() {
    var id = reported("explained");

    var explained = box.viewer().reads(id, "explanation").is(200).json();

    assertThat(explained.path("decisions").findValuesAsText("point"))
        .containsExactly("classify", "route", "escalate");
    for (var decision : explained.path("decisions")) {
      assertThat(decision.path("ruleset").asText()).isEqualTo(box.ruleset());
      assertThat(decision.path("rules")).isNotEmpty();
    }
  }

  @Test
  void the_history_is_a_chain_that_can_be_read_in_parts() {
    var id = reported("history");
    box.operator().dispatches(id, "jira").is(200);

    var whole = box.viewer().reads(id, "history").is(200).items();
    var rest = box.viewer().reads(id, "history?after=2").is(200).items();

    assertThat(rest).isEqualTo(whole.subList(2, whole.size()));
    for (int i = 1; i < whole.size(); i++) {
      assertThat(whole.get(i).path("previousHash")).isEqualTo(whole.get(i - 1).path("hash"));
    }
    assertThat(box.viewer().reads(id, "history?after=99999999999").is(200).items()).isEmpty();
    box.viewer().reads(id, "history?after=-1").isProblem(400, "INVALID");
  }

  @Test
  void an_audit_over_http_is_told_line_by_line() {
    reported("audited");

    var lines = box.as(Role.AUDITOR).client().get("/v1/audit/verify").is(200).lines();

    assertThat(lines.getLast().path("done").booleanValue()).isTrue();
    assertThat(lines.getLast().path("misfits").asInt()).isZero();
    assertThat(lines.getLast().path("exceptions").asLong()).isEqualTo(box.cases());
  }
}
