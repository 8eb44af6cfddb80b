package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate is asked beside what decides, over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShadowApiIT {
  private static final String RULESETS = "/v1/rulesets/";

  @TempDir private Path temporary;
  private RulesetFolder folder;
  private ApiBox box;
  private String active;
  private String candidate;

  @BeforeEach
  void open() {
    folder = RulesetFolder.in(temporary).with("scenarios/all.yaml", scenario("LOW"));
    box = ApiBox.watching(folder.path(), 1).shadowing();
    active = box.rulesets().active().get().digest().hex();
    folder
        .classify(rule("grave", "Item()", "classify.severity(Severity.HIGH);"))
        .with("scenarios/all.yaml", scenario("HIGH"));
    box.rulesets().watch().look();
    candidate = box.rulesets().last().ruleset().hex();
  }

  @AfterEach
  void close() {
    box.close();
  }

  private static String scenario(String severity) {
    return """
    description: All of it.
    scenarios:
      - name: a small item
        expect: {severity: %s}
    """
        .formatted(severity);
  }

  private Reply begins(String digest, String body) {
    return box.as(Role.RULE_AUTHOR).posts(RULESETS + digest + "/shadow", body);
  }

  private Reply stops(String digest, String body) {
    return box.as(Role.RULE_AUTHOR).posts(RULESETS + digest + "/shadow/stop", body);
  }

  private JsonNode shown() {
    return box.viewer().client().get(RULESETS + candidate + "/shadow").is(200).json();
  }

  @Test
  void an_author_begins_everybody_sees_what_differs_and_an_author_stops() {
    var begun =
        begins(candidate, "{\"why\": \"To see.\", \"for\": \"PT48H\", \"share\": 0.5}").is(200);
    assertThat(begun.json().path("running").asBoolean()).isTrue();
    assertThat(begun.text("baseline")).isEqualTo(active);
    assertThat(begun.text("until")).isEqualTo("2026-03-04T10:00:00Z");
    assertThat(begun.json().path("sample").asDouble()).isEqualTo(1);
    assertThat(begun.text("actor")).isEqualTo("person:rule_author");
    var listed = box.viewer().client().get("/v1/rulesets").is(200).json();
    assertThat(listed.at("/shadow/digest").asText()).isEqualTo(candidate);
    assertThat(listed.at("/events/0/kind").asText()).isEqualTo("SHADOW_BEGUN");

    awaitAsked();
    var id = box.reporter().reports(report("shadow-1")).is(201).text("id");
    Until.holds(() -> shown().at("/decisions/differs").asLong() == 1);

    var found = shown();
    assertThat(found.at("/differences/0/what").asText()).isEqualTo("SEVERITY");
    assertThat(found.at("/differences/0/from").asText()).isEqualTo("LOW");
    assertThat(found.at("/differences/0/to").asText()).isEqualTo("HIGH");
    assertThat(found.at("/differences/0/examples/0").asText()).isEqualTo(id);
    assertThat(found.path("rules").findValuesAsText("rule")).containsExactly("grave", "low");
    assertThat(found.path("rules").findValuesAsText("change")).containsExactly("FIRES", "SILENT");
    assertThat(box.viewer().sees(id).is(200).text("severity")).isEqualTo("LOW");

    var stopped = stops(candidate, "{\"why\": \"Seen.\"}").is(200).json();
    assertThat(stopped.at("/ended/end").asText()).isEqualTo("STOPPED");
    assertThat(stopped.at("/ended/why").asText()).isEqualTo("Seen.");
    assertThat(stopped.path("running").asBoolean()).isFalse();
    assertThat(shown().path("differences")).isEqualTo(found.path("differences"));
    assertThat(
            box.viewer().client().get("/v1/rulesets").is(200).json().at("/events/0/end").asText())
        .isEqualTo("STOPPED");
  }

  /** What is reported before the node has compiled the candidate is not compared. */
  private void awaitAsked() {
    Until.holds(box::isShadowing);
  }

  @Test
  void the_same_request_under_one_key_begins_once() {
    var person = box.as(Role.RULE_AUTHOR).once("begin-1");
    var path = RULESETS + candidate + "/shadow";

    var first = person.posts(path, "{\"why\": \"To see.\"}").is(200);

    assertThat(person.posts(path, "{\"why\": \"To see.\"}").is(200).body()).isEqualTo(first.body());
    assertThat(box.rulesets().kinds()).containsOnlyOnce("SHADOW_BEGUN");
  }

  @Test
  void one_runs_at_a_time_and_the_answer_names_it() {
    begins(candidate, "{\"why\": \"To see.\"}").is(200);

    var refused = begins(candidate, "{\"why\": \"Again.\"}").isProblem(409, "SHADOW_RUNS");

    assertThat(refused.text("detail"))
        .contains(candidate)
        .contains("until 2026-03-03T10:00:00Z")
        .endsWith("Maybe stop that first.");
  }

  @Test
  void what_cannot_be_is_said_with_the_place() {
    begins(active, "{\"why\": \"To see.\"}").isProblem(422, "ACTIVE_ALREADY");
    begins("a".repeat(64), "{\"why\": \"To see.\"}").isProblem(422, "NOT_ADMITTED");
    begins("x", "{\"why\": \"To see.\"}").isProblem(404, "NOT_FOUND");
    stops(candidate, "{\"why\": \"Enough.\"}").isProblem(422, "NO_SHADOW");
    box.viewer().client().get(RULESETS + candidate + "/shadow").isProblem(404, "NOT_FOUND");
    box.as(Role.OPERATOR)
        .posts(RULESETS + candidate + "/shadow", "{\"why\": \"To see.\"}")
        .isProblem(403, "FORBIDDEN");

    fault("{}", "/why", "The field \"why\" is missing.");
    fault(
        "{\"why\": \"x\", \"untill\": \"2026-03-04T10:00:00Z\"}",
        "/untill",
        "There is no field \"untill\". Maybe \"until\".");
    fault("{\"why\": \"x\", \"sample\": 2}", "/sample", "2 is greater than 1");
    fault("{\"why\": \"x\", \"share\": 0.9}", "/share", "0.9 is greater than 0.5");
    fault("{\"why\": \"x\", \"share\": 0}", "/share", "0 is less than 0.001");
    fault("{\"why\": \"x\", \"for\": \"24h\"}", "/for", "\"24h\" is no duration like \"PT24H\".");
    fault(
        "{\"why\": \"x\", \"until\": \"tomorrow\"}",
        "/until",
        "\"tomorrow\" is no instant like \"2026-03-31T18:00:00Z\".");
    fault(
        "{\"why\": \"x\", \"until\": \"2026-03-02T09:00:00Z\"}",
        "/until",
        "A shadow ends after now, 2026-03-02T10:00:00Z, and within 31 days;"
            + " \"2026-03-02T09:00:00Z\" does not.");
    fault(
        "{\"why\": \"x\", \"for\": \"P40D\"}",
        "/for",
        "A shadow ends after now, 2026-03-02T10:00:00Z, and within 31 days; \"P40D\" does not.");
    fault(
        "{\"why\": \"x\", \"for\": \"PT1H\", \"until\": \"2026-03-02T11:00:00Z\"}",
        "/for",
        "There is \"until\" already; give one of the two.");
    assertThat(box.rulesets().kinds()).doesNotContain("SHADOW_BEGUN");
  }

  private void fault(String body, String pointer, String detail) {
    var problem = begins(candidate, body).isProblem(400, "INVALID").json();
    assertThat(problem.at("/errors/0/pointer").asText()).as(body).isEqualTo(pointer);
    assertThat(problem.at("/errors/0/detail").asText()).as(body).isEqualTo(detail);
  }

  @Test
  void an_activation_ends_it() {
    begins(candidate, "{\"why\": \"To see.\"}").is(200);
    var admission = box.rulesets().events().get(2).number();

    box.as(Role.RULE_AUTHOR)
        .posts(
            RULESETS + candidate + "/activate",
            "{\"why\": \"It is right.\", \"admission\": " + admission + "}")
        .is(200);

    assertThat(shown().at("/ended/end").asText()).isEqualTo("ACTIVATION");
    assertThat(shown().path("until").asText())
        .isEqualTo(TestBox.START.plus(Duration.ofHours(24)).toString());
  }
}
