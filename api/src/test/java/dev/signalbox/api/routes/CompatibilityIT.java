package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.Reply;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that was written for the exception manager's API, and knows nothing else. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompatibilityIT {
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

  @Test
  void an_exception_has_the_fields_that_it_reads() {
    var transaction = UUID.randomUUID().toString();
    var id =
        box.reporter()
            .reports(report(transaction).put("reasonDetails", "The amounts differ."))
            .is(201)
            .text("id");
    posts("assign", id, "{'assignee': 'ana'}").is(200);

    var shown = get("/v1/exceptions/" + id).is(200);

    assertThat(shown.text("transactionId")).isEqualTo(transaction);
    assertThat(shown.text("assignedTo")).isEqualTo("ana");
    assertThat(shown.text("reason")).isEqualTo("The amounts differ.");
    assertThat(shown.text("severity")).isIn("CRITICAL", "HIGH", "MEDIUM", "LOW");
    for (var field : List.of("id", "status", "dueAt", "createdAt", "updatedAt")) {
      assertThat(shown.text(field)).isNotEmpty();
    }
    get("/v1/exceptions/" + NOBODY).isProblem(404, "NOT_FOUND");
    assertThat(UUID.fromString(get("/v1/exceptions/" + reported()).text("transactionId")))
        .isNotNull();
  }

  @Test
  void what_it_settles_is_told_in_its_words() {
    var matched = reported();
    var done = posts("force-match", matched, "{'overrideReason': 'POLICY', 'notes': 'Seen.'}");
    assertThat(done.is(200).text("status")).isIn("RESOLVED", "PENDING_RESOLUTION");
    var adjusted = reported();
    posts(
            "adjust-entry",
            adjusted,
            "{'reasonCode': 'OUR_FEE', 'notes': 'A fee.', 'amount': '2.50', 'currency': 'EUR',"
                + " 'effectiveAt': '2026-03-01T00:00:00Z'}")
        .is(200);

    if (done.text("status").equals("RESOLVED")) {
      settled(get("/v1/exceptions/" + matched).json(), "FORCE_MATCH", "POLICY", "Seen.");
      settled(get("/v1/exceptions/" + adjusted).json(), "ADJUST_ENTRY", "OUR_FEE", "A fee.");
    }
    posts("force-match", matched, "{'overrideReason': 'POLICY', 'notes': 'Seen.'}")
        .isProblem(422, "NOT_ALLOWED");
    posts("force-match", reported(), "{'overrideReason': 'POLICY'}").isProblem(400, "INVALID");
    posts("force-match", NOBODY, "{'overrideReason': 'x', 'notes': 'x'}")
        .isProblem(404, "NOT_FOUND");
  }

  private static void settled(JsonNode shown, String type, String reason, String notes) {
    assertThat(shown.path("resolutionType").asText()).isEqualTo(type);
    assertThat(shown.path("resolutionReason").asText()).isEqualTo(reason);
    assertThat(shown.path("resolutionNotes").asText()).isEqualTo(notes);
  }

  @Test
  void lists_take_its_parameters_and_come_in_its_pages() {
    var id = reported();
    posts("assign", id, "{'assignee': 'lister'}").is(200);
    reported();

    var page =
        get("/v1/exceptions?status=ASSIGNED&severity=LOW&assigned_to=lister&date_from=2020-01-01"
                + "&date_to=2100-01-01T00:00:00Z&limit=1&sort_by=updated_at&sort_order=asc")
            .is(200);

    assertThat(page.items()).extracting(item -> item.path("id").asText()).containsExactly(id);
    assertThat(page.json().path("limit").asInt()).isEqualTo(1);
    assertThat(page.json().path("hasMore").asBoolean()).isFalse();
    var first = get("/v1/exceptions?limit=1").is(200);
    assertThat(first.json().path("hasMore").asBoolean()).isTrue();
    get("/v1/exceptions?limit=1&cursor=" + first.text("nextCursor")).is(200);
    get("/v1/exceptions?limit=0").isProblem(400, "INVALID");
    get("/v1/exceptions?limit=201").isProblem(400, "INVALID");
    get("/v1/exceptions?status=LOST").isProblem(400, "INVALID");
  }

  @Test
  void what_it_dispatches_is_told_it_and_found_by_the_system() {
    var id = reported();

    var done = posts("dispatch", id, "{'targetSystem': 'JIRA'}").is(200);

    assertThat(done.text("exceptionId")).isEqualTo(id);
    assertThat(done.text("target")).isEqualTo("JIRA");
    assertThat(done.json().path("acknowledged").isBoolean()).isTrue();
    assertThat(done.text("dispatchedAt")).isNotEmpty();
    assertThat(get("/v1/exceptions/" + id).text("externalSystem")).isEqualTo("JIRA");
    assertThat(get("/v1/exceptions?external_system=JIRA&limit=200").items())
        .extracting(item -> item.path("id").asText())
        .contains(id);
    assertThat(get("/v1/exceptions?external_system=SERVICENOW").items()).isEmpty();
    posts("dispatch", id, "{'targetSystem': 'JIRA'}").isProblem(422, "NOT_ALLOWED");
    posts("dispatch", reported(), "{'targetSystem': 'SERVICENOW'}").isProblem(422, "NO_TARGET");
  }

  @Test
  void what_people_take_outside_waits_for_their_answer() {
    var id = reported();

    var done = posts("dispatch", id, "{'targetSystem': 'MANUAL', 'queue': 'phone'}").is(200);

    assertThat(done.text("target")).isEqualTo("MANUAL");
    assertThat(done.json().path("acknowledged").asBoolean()).isTrue();
    assertThat(done.text("status")).isEqualTo("PENDING_RESOLUTION");
    posts(
            client().with("X-Idempotency-Key", "by-hand"),
            "callback",
            id,
            "{'externalSystem': 'MANUAL', 'externalIssueId': 'call 7', 'status': 'RESOLVED'}")
        .is(200);
    assertThat(get("/v1/exceptions/" + id).text("status")).isEqualTo("RESOLVED");
  }

  @Test
  void who_asks_too_much_of_the_outside_is_told_when_to_ask_again() {
    try (var bounded = ApiBox.spending(2)) {
      var ids =
          Stream.of("b-1", "b-2", "b-3")
              .map(ref -> bounded.reporter().reports(report(ref)).is(201).text("id"))
              .toList();
      var operator = bounded.as(Role.OPERATOR).client();
      var body = "{'targetSystem': 'JIRA'}";
      posts(operator, "dispatch", ids.get(0), body).is(200);
      posts(operator, "dispatch", ids.get(1), "{'targetSystem': 7}").isProblem(400, "INVALID");
      posts(operator, "dispatch", ids.get(1), body).is(200);

      var refused = posts(operator, "dispatch", ids.get(2), body).isProblem(429, "BUDGET_SPENT");

      assertThat(Integer.parseInt(requireNonNull(refused.header("Retry-After")))).isBetween(1, 60);
      var many = "{'exceptionIds': ['%s'], 'targetSystem': 'JIRA'}".formatted(ids.get(2));
      post(operator, "/v1/exceptions/bulk/dispatch", many).isProblem(429, "BUDGET_SPENT");
      assertThat(bounded.viewer().client().get("/v1/exceptions/" + ids.get(2)).text("status"))
          .isEqualTo("OPEN");
      posts(bounded.as(Role.ADMIN).client(), "dispatch", ids.get(2), body).is(200);
      posts(
              operator.with("Idempotency-Key", "c-1"),
              "callback",
              ids.get(0),
              "{'externalSystem': 'JIRA', 'status': 'RESOLVED'}")
          .is(200);
    }
  }

  @Test
  void its_callbacks_are_accepted_once_under_its_header() {
    var id = reported();
    posts("dispatch", id, "{'targetSystem': 'JIRA'}").is(200);
    var answer =
        "{'callbackType': 'status', 'externalSystem': 'JIRA', 'externalIssueId': 'REC-1',"
            + " 'status': 'RESOLVED', 'resolutionNotes': 'Paid.', 'payload': {'a': 1}}";
    posts("callback", id, answer).isProblem(400, "KEY_REQUIRED");
    var keyed = client().with("X-Idempotency-Key", "peer-1");

    for (int i = 0; i < 2; i++) {
      var taken = posts(keyed, "callback", id, answer).is(200);
      assertThat(taken.text("status")).isEqualTo("accepted");
    }

    var shown = get("/v1/exceptions/" + id).json();
    assertThat(shown.path("status").asText()).isEqualTo("RESOLVED");
    assertThat(shown.path("externalIssueId").asText()).isEqualTo("REC-1");
    assertThat(shown.path("resolutionNotes").asText()).isEqualTo("Paid.");
    posts(keyed.with("X-Idempotency-Key", "peer-2"), "callback", NOBODY, answer)
        .isProblem(404, "NOT_FOUND");
    posts(
            keyed.with("X-Idempotency-Key", "peer-3"),
            "callback",
            id,
            "{'externalSystem': 'JIRA', 'status': 'ASSIGNED'}")
        .is(400);
  }

  @Test
  void history_is_told_as_actions_page_by_page() {
    var id = reported();
    posts("assign", id, "{'assignee': 'ana'}").is(200);

    var page = get("/v1/exceptions/" + id + "/history?limit=3").is(200);

    var first = page.items().getFirst();
    assertThat(UUID.fromString(first.path("id").asText())).isNotNull();
    assertThat(first.path("action").asText()).isEqualTo("Opened");
    assertThat(first.path("actorId").asText()).isEqualTo("reporter");
    assertThat(first.path("changes").isObject()).isTrue();
    assertThat(first.path("createdAt").asText()).isNotEmpty();
    var rest =
        get("/v1/exceptions/" + id + "/history?limit=3&cursor=" + page.text("nextCursor")).is(200);
    assertThat(rest.items())
        .extracting(item -> item.path("action").asText())
        .containsExactly("Assigned");
    assertThat(rest.json().has("nextCursor")).isFalse();
    get("/v1/exceptions/" + NOBODY + "/history").isProblem(404, "NOT_FOUND");
  }

  @Test
  void comments_are_written_shown_and_deleted() {
    var id = reported();
    var comment = posts("comments", id, "{'content': 'Look at it.'}").is(201);
    assertThat(comment.text("exceptionId")).isEqualTo(id);
    assertThat(comment.text("author")).isEqualTo("admin");
    assertThat(
            get("/v1/exceptions/" + id + "/comments").items().getFirst().path("content").asText())
        .isEqualTo("Look at it.");
    posts("comments", id, "{'content': ''}").isProblem(400, "INVALID");
    posts("comments", NOBODY, "{'content': 'x'}").isProblem(404, "NOT_FOUND");

    var path = "/v1/exceptions/" + id + "/comments/" + comment.text("id");
    client().send(HttpMethod.DELETE, path, new byte[0]).is(204);

    assertThat(get("/v1/exceptions/" + id + "/comments").items()).isEmpty();
    client().send(HttpMethod.DELETE, path, new byte[0]).isProblem(404, "NOT_FOUND");
  }

  @Test
  void disputes_are_opened_given_evidence_and_closed() {
    var opened =
        posts(
                "disputes",
                reported(),
                "{'category': 'BANK_FEE_ERROR', 'description': 'A fee too many.'}")
            .is(201);
    assertThat(opened.text("state")).isEqualTo("OPEN");
    assertThat(opened.text("openedBy")).isEqualTo("admin");
    var path = "/v1/disputes/" + opened.text("id");

    var evidence =
        post(client(), path + "/evidence", "{'comment': 'See.', 'fileUrl': 'https://x.test/1'}")
            .is(200)
            .json()
            .at("/evidence/0");
    assertThat(evidence.path("disputeId").asText()).isEqualTo(opened.text("id"));
    assertThat(evidence.path("submittedBy").asText()).isEqualTo("admin");
    assertThat(evidence.path("submittedAt").asText()).isNotEmpty();
    var closed =
        post(client(), path + "/close", "{'won': true, 'resolution': 'Refunded.'}").is(200);
    assertThat(closed.text("state")).isEqualTo("WON");
    assertThat(closed.text("resolution")).isEqualTo("Refunded.");
    post(client(), path + "/close", "{'won': true, 'resolution': 'x'}").is(422);
    assertThat(get("/v1/disputes?state=WON&category=BANK_FEE_ERROR&sort_by=state").items())
        .extracting(item -> item.path("id").asText())
        .contains(opened.text("id"));
    get("/v1/disputes/" + NOBODY).isProblem(404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({"review, UNDER_REVIEW, ASSIGNED", "escalate, ESCALATED, OPEN"})
  void statuses_that_it_does_not_know_are_folded_for_its_media_type(
      String command, String own, String folded) {
    var id = reported();
    posts(command, id, command.equals("review") ? "" : "{'queue': 'senior', 'reason': 'Odd.'}")
        .is(200);
    var peer = client().with("Accept", "text/html, application/vnd.matcher.v1+json;q=0.9");

    assertThat(get("/v1/exceptions/" + id).text("status")).isEqualTo(own);
    assertThat(peer.get("/v1/exceptions/" + id).is(200).text("status")).isEqualTo(folded);
    var listed = peer.get("/v1/exceptions?limit=200&status=" + folded).is(200).items();
    assertThat(listed).extracting(item -> item.path("id").asText()).contains(id);
    assertThat(listed).extracting(item -> item.path("status").asText()).containsOnly(folded);
  }

  @Test
  void errors_have_the_members_that_it_reads() {
    var problem = posts("force-match", reported(), "{}").is(400).json();

    assertThat(problem.path("code").asText()).isEqualTo("INVALID");
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("message").asText()).isEqualTo(problem.path("detail").asText());
    assertThat(Set.of(401)).contains(box.anybody().get("/v1/disputes").status());
  }

  private static String reported() {
    return box.reporter().reports(report("peer-" + COUNT.incrementAndGet())).is(201).text("id");
  }

  private static ApiClient client() {
    return box.as(Role.ADMIN).client();
  }

  private static Reply get(String path) {
    return client().get(path);
  }

  private static Reply posts(String command, String id, String body) {
    return posts(client(), command, id, body);
  }

  private static Reply posts(ApiClient client, String command, String id, String body) {
    return post(client, "/v1/exceptions/" + id + "/" + command, body);
  }

  private static Reply post(ApiClient client, String path, String body) {
    return client
        .with("Content-Type", "application/json")
        .post(path, body.replace('\'', '"').getBytes(UTF_8));
  }
}
