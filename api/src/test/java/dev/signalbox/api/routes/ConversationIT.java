package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Person;
import dev.signalbox.api.testkit.Reply;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments and disputes over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConversationIT {
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

  @Test
  void comments_are_shown_in_their_order_with_who_is_mentioned() {
    var id = reported();

    var first = says(analyst(), id, "Is that the fee? @senior, @analyst").is(201);
    says(box.as(Role.SENIOR), id, "It is.").is(201);

    assertThat(first.header("ETag")).isEqualTo("\"4\"");
    assertThat(first.text("author")).isEqualTo("analyst");
    var items = comments(id, "").items();
    assertThat(items)
        .extracting(item -> item.path("content").asText())
        .containsExactly("Is that the fee? @senior, @analyst", "It is.");
    assertThat(items.getFirst().path("id").asText()).isEqualTo(first.text("id"));
    assertThat(items.getFirst().path("mentions").toString()).isEqualTo("[\"senior\",\"analyst\"]");
    assertThat(analyst().sees(id).json().path("comments").asInt()).isEqualTo(2);
  }

  @Test
  void a_comment_is_taken_when_all_is_over_and_once_under_its_key() {
    var id = reported();
    box.reporter().clears(id, null).is(200);

    var first = says(analyst().once("over-" + id), id, "So be it.").is(201);
    var again = says(analyst().once("over-" + id), id, "So be it.").is(201);

    assertThat(again.json()).isEqualTo(first.json());
    says(analyst().once("over-" + id), id, "No.").isProblem(422, "KEY_REUSED");
    assertThat(comments(id, "").items()).hasSize(1);
  }

  @Test
  void a_redacted_comment_is_gone_and_it_is_told_who_took_it_away_and_why() {
    var id = reported();
    var comment = says(analyst(), id, "Card 4711, @redacted-one.").is(201).text("id");
    var path = "/v1/exceptions/" + id + "/comments/" + comment;

    delete(box.as(Role.APPROVER), path, "")
        .isProblem(
            403,
            "ROLE_NEEDED",
            "Only somebody with the role COMPLIANCE redacts what somebody else wrote.");
    delete(box.as(Role.COMPLIANCE), path, "{\"reason\": \"A card number.\"}").is(204);

    delete(analyst(), path, "")
        .isProblem(404, "NOT_FOUND", "The exception has no comment %s.".formatted(comment));
    assertThat(comments(id, "").items()).isEmpty();
    var shown = comments(id, "?redacted=true").items().getFirst();
    assertThat(shown.path("content").asText()).isEmpty();
    assertThat(shown.at("/redacted/by").asText()).isEqualTo("compliance");
    assertThat(shown.at("/redacted/reason").asText()).isEqualTo("A card number.");
    assertThat(box.viewer().reads(id, "history").is(200).body()).doesNotContain("4711");
    assertThat(box.rows("mention", "name = 'redacted-one'")).isZero();
  }

  @Test
  void everybody_is_shown_where_they_are_mentioned_page_by_page() {
    var written = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      box.box().clock().advance(Duration.ofSeconds(1));
      written.add(says(box.as(Role.SENIOR), reported(), "Look, @operator.").is(201).text("id"));
    }
    var found = new ArrayList<String>();
    var path = "/v1/mentions?limit=2";
    for (var more = path; more != null; ) {
      var page = box.operator().client().get(more).is(200);
      page.items().forEach(item -> found.add(item.path("id").asText()));
      var next = page.json().path("nextCursor").textValue();
      more = next == null ? null : path + "&cursor=" + next;
    }

    assertThat(found).containsExactlyElementsOf(written.reversed());
    assertThat(analyst().client().get("/v1/mentions?cursor=nonsense").isProblem(400, "INVALID"))
        .isNotNull();
    assertThat(box.viewer().client().get("/v1/mentions").is(200).items()).isEmpty();
  }

  @Test
  void a_dispute_is_fought_to_its_end_and_its_whole_story_is_shown() {
    var id = reported();
    var opened =
        posts(
                analyst(),
                "/v1/exceptions/" + id + "/disputes",
                "{'category': 'AMOUNT_MISMATCH', 'description': 'Too much.', 'draft': true}")
            .is(201);
    var path = "/v1/disputes/" + opened.text("id");
    assertThat(opened.header("Location")).isEqualTo(path);
    assertThat(opened.text("state")).isEqualTo("DRAFT");
    assertThat(opened.text("openedBy")).isEqualTo("analyst");

    step(path, "submit", "", "OPEN");
    step(path, "acknowledge", "{'externalCaseId': 'CASE-7', 'note': 'By telephone.'}", "OPEN");
    step(path, "log", "{'direction': 'SENT', 'channel': 'mail', 'text': 'Please pay.'}", "OPEN");
    step(path, "request-evidence", "{'what': 'The contract.'}", "PENDING_EVIDENCE");
    assertThat(see(path).text("evidenceRequested")).isEqualTo("The contract.");
    step(path, "evidence", "{'comment': 'It is here.', 'fileUrl': 'https://x.example/1'}", "OPEN");
    step(path, "close", "{'won': false, 'resolution': 'They do not agree.'}", "LOST");

    var shown = see(path).json();
    assertThat(shown.path("externalCaseId").asText()).isEqualTo("CASE-7");
    assertThat(shown.at("/acknowledged/note").asText()).isEqualTo("By telephone.");
    assertThat(shown.at("/log/0/text").asText()).isEqualTo("Please pay.");
    assertThat(shown.at("/evidence/0/fileUrl").asText()).isEqualTo("https://x.example/1");
    assertThat(shown.path("resolution").asText()).isEqualTo("They do not agree.");
    assertThat(shown.has("evidenceRequested")).isFalse();
    var exception = analyst().sees(id).json();
    assertThat(exception.path("status").asText()).isEqualTo("UNDER_REVIEW");
    assertThat(exception.path("assignee").asText()).isEqualTo("analyst");
    assertThat(exception.at("/disputes/0/state").asText()).isEqualTo("LOST");

    step(path, "reopen", "{'reason': 'There is a contract.'}", "OPEN");
    step(path, "close", "{'won': true, 'resolution': 'They pay.'}", "WON");
    assertThat(analyst().sees(id).text("status")).isEqualTo("ASSIGNED");
    posts(analyst(), path + "/reopen", "{'reason': 'Hm.'}")
        .isProblem(422, "NOT_ALLOWED", "The dispute is WON; this is possible while it is LOST.");
  }

  @Test
  void a_dispute_takes_if_match_and_a_key_as_every_command_does() {
    var id = reported();
    var body = "{'category': 'OTHER', 'description': 'Odd.'}";
    var all = "/v1/exceptions/" + id + "/disputes";
    var first = posts(analyst().once("d-" + id).ifAt(3), all, body).is(201);
    assertThat(posts(analyst().once("d-" + id).ifAt(3), all, body).is(201).json())
        .isEqualTo(first.json());
    var path = "/v1/disputes/" + first.text("id");

    posts(analyst().ifAt(3), path + "/evidence", "{'comment': 'x'}").isProblem(412, "STALE");
    posts(analyst().ifAt(4), path + "/evidence", "{'comment': 'x'}").is(200);
    posts(box.as(Role.APPROVER), path + "/evidence", "{'comment': 'x'}")
        .isProblem(403, "FORBIDDEN");
    posts(analyst(), path.replace(first.text("id"), id) + "/evidence", "{'comment': 'x'}")
        .isProblem(404, "NOT_FOUND", "There is no dispute %s.".formatted(id));
    box.reporter().clears(id, null).is(200);
    posts(analyst(), path + "/evidence", "{'comment': 'x'}").isProblem(422, "NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource({"id, asc", "created_at, desc", "updated_at, asc", "state, desc", "category, asc"})
  void lists_of_disputes_are_complete_in_every_order(String sort, String order) {
    var category = List.of("BANK_FEE_ERROR", "OTHER").get(COUNT.get() % 2);
    for (int i = 0; i < 5; i++) {
      posts(
              analyst(),
              "/v1/exceptions/" + reported() + "/disputes",
              "{'category': '" + category + "', 'description': 'Odd.'}")
          .is(201);
    }
    var query = "/v1/disputes?limit=2&state=OPEN&sort_by=" + sort + "&sort_order=" + order;
    var found = new ArrayList<JsonNode>();
    for (var more = query; more != null; ) {
      var page = analyst().client().get(more).is(200);
      found.addAll(page.items());
      assertThat(page.json().path("hasMore").asBoolean()).isEqualTo(page.json().has("nextCursor"));
      var next = page.json().path("nextCursor").textValue();
      more = next == null ? null : query + "&cursor=" + next;
    }

    assertThat(found).hasSize((int) box.rows("dispute", "state = 'OPEN'"));
    assertThat(new HashSet<>(found)).hasSize(found.size());
    analyst()
        .client()
        .get("/v1/disputes?sort_by=" + sort + "&cursor=eHg")
        .isProblem(400, "INVALID");
    assertThat(analyst().client().get("/v1/disputes?date_to=2020-01-01").is(200).items()).isEmpty();
  }

  private static String reported() {
    return box.reporter().reports(report("talk-" + COUNT.incrementAndGet())).is(201).text("id");
  }

  private static Person analyst() {
    return box.as(Role.ANALYST);
  }

  private static Reply says(Person person, String id, String text) {
    return person.says(id, "comments", JsonNodeFactory.instance.objectNode().put("content", text));
  }

  private static Reply comments(String id, String query) {
    return box.viewer().client().get("/v1/exceptions/" + id + "/comments" + query).is(200);
  }

  private static Reply delete(Person person, String path, String body) {
    return person
        .client()
        .with("Content-Type", "application/json")
        .send(HttpMethod.DELETE, path, body.getBytes(UTF_8));
  }

  private static Reply posts(Person person, String path, String body) {
    return person.posts(path, body.replace('\'', '"'));
  }

  private static void step(String path, String step, String body, String state) {
    var done = posts(analyst(), path + "/" + step, body).is(200);
    assertThat(done.text("state")).isEqualTo(state);
    assertThat(see(path).json()).isEqualTo(done.json());
  }

  private static Reply see(String path) {
    return box.viewer().client().get(path).is(200);
  }
}
