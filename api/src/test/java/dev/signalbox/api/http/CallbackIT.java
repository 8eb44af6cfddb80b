package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.api.testkit.SignedAnswers;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Attempt;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers from outside close or reopen an exception, once, whoever brings them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CallbackIT {
  private static final String NOBODY = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
  private static final String WEBHOOK = "/callbacks/webhook/webhook";
  private static final String JIRA = "/callbacks/jira";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static ApiBox box;

  @BeforeAll
  static void open() {
    box =
        ApiBox.open(
                Map.of(
                    new TargetName("webhook"),
                    (dispatch, deadline) -> new Attempt.Delivered("T-17", false),
                    new TargetName("jira"),
                    (dispatch, deadline) -> new Attempt.Delivered("REC-24", false)),
                SignedAnswers.readers())
            .dispatching();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  /** An exception that waits for the answer of a target. */
  private static String waiting(String target) {
    var id = box.reporter().reports(report("cb-" + COUNT.incrementAndGet())).is(201).text("id");
    box.operator().dispatches(id, target).is(200);
    Until.holds(() -> box.viewer().events(id).contains("DispatchDelivered"));
    return id;
  }

  private static String status(String id) {
    return box.viewer().sees(id).is(200).text("status");
  }

  private static String message() {
    return "msg_" + COUNT.incrementAndGet();
  }

  private static ObjectNode answer(String status) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("externalSystem", "JIRA")
        .put("externalIssueId", "REC-24")
        .put("status", status)
        .put("resolutionNotes", "Paid twice.");
  }

  @ParameterizedTest
  @CsvSource({
    "RESOLVED, RESOLVED, Resolved",
    "CLOSED, RESOLVED, Resolved",
    "DONE, RESOLVED, Resolved",
    "REOPENED, OPEN, Reopened",
    "REJECTED, OPEN, Reopened",
    "IN_PROGRESS, PENDING_RESOLUTION, CallbackReceived",
    "UPDATED, PENDING_RESOLUTION, CallbackReceived"
  })
  void an_answer_moves_the_exception_that_waits_for_it(String word, String status, String event) {
    var id = waiting("jira");

    var moved = box.operator().once(message()).answers(id, answer(word)).is(200);

    assertThat(moved.text("status")).isEqualTo("accepted");
    var exception = moved.json().path("exception");
    assertThat(exception.path("status").asText()).isEqualTo(status);
    assertThat(box.viewer().events(id)).contains("CallbackReceived").endsWith(event);
    if (status.equals("RESOLVED")) {
      assertThat(exception.at("/resolution/system").asText()).isEqualTo("JIRA");
      assertThat(exception.at("/resolution/notes").asText()).isEqualTo("Paid twice.");
    }
  }

  @Test
  void an_answer_may_name_whom_it_goes_back_to() {
    var id = waiting("jira");

    var assigned =
        box.operator()
            .once(message())
            .answers(id, answer("ASSIGNED").put("assignee", "ana"))
            .is(200);

    assertThat(assigned.json().at("/exception/status").asText()).isEqualTo("ASSIGNED");
    assertThat(assigned.json().at("/exception/assignee").asText()).isEqualTo("ana");
    box.operator()
        .once(message())
        .answers(waiting("jira"), answer("ASSIGNED"))
        .isProblem(400, "INVALID");
  }

  @Test
  void an_answer_needs_a_key() {
    box.operator()
        .answers(waiting("jira"), answer("DONE"))
        .isProblem(
            400,
            "KEY_REQUIRED",
            "A callback needs the header Idempotency-Key, so that it can be repeated safely.");
  }

  @Test
  void an_answer_that_nobody_waits_for_is_refused_and_kept() {
    var id = waiting("jira");
    box.operator().once(message()).answers(id, answer("DONE")).is(200);

    box.operator().once(message()).answers(id, answer("REOPENED")).isProblem(422, "NOT_ALLOWED");

    assertThat(status(id)).isEqualTo("RESOLVED");
    assertThat(box.viewer().events(id)).endsWith("CallbackIgnored");
  }

  @Test
  void an_answer_about_another_matter_settles_nothing() {
    var id = waiting("jira");

    box.operator()
        .once(message())
        .answers(id, answer("DONE").put("externalIssueId", "REC-99"))
        .isProblem(422, "OTHER_MATTER", "The exception waits for REC-24, not for REC-99.");

    assertThat(status(id)).isEqualTo("PENDING_RESOLUTION");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status | \"PERHAPS\"",
        "status | 7",
        "updatedAt | \"yesterday\"",
        "updatedAt | \"+999999999-12-31T23:59:59Z\"",
        "assignee | \"\"",
        "externalSystem | \"a\\u0000b\"",
        "resolutionNotes | \"\\ud800\"",
        "nobodyKnows | 1"
      })
  void an_answer_that_cannot_be_understood_is_refused(String field, String value) {
    var id = waiting("jira");
    var before = box.rows();
    var body = "{\"externalSystem\":\"JIRA\",\"status\":\"DONE\"}";
    var name = "\"" + field + "\":";
    var changed =
        body.contains(name)
            ? body.replaceFirst(name + "\"\\w+\"", Matcher.quoteReplacement(name + value))
            : body.replaceFirst("}$", Matcher.quoteReplacement("," + name + value + "}"));

    box.operator()
        .once(message())
        .posts("/v1/exceptions/" + id + "/callback", changed)
        .isProblem(400, "INVALID");

    assertThat(box.rows()).isEqualTo(before);
  }

  private static Reply signedByReceiver(String messageId, String body) {
    return SignedAnswers.webhook(box.anybody(), messageId, TestBox.START, body).post(WEBHOOK, body);
  }

  private static Reply signedByJira(String messageId, String body) {
    return SignedAnswers.jira(box.anybody(), messageId, body).post(JIRA, body);
  }

  private static String done(String id) {
    return SignedAnswers.jiraBody(id, TestBox.START, "Done", "done");
  }

  @Test
  void a_receivers_signed_answer_resolves_once_however_often_it_comes() {
    var id = waiting("webhook");
    var body = SignedAnswers.webhookBody(id, "RESOLVED", "T-17");
    var message = message();

    assertThat(signedByReceiver(message, body).is(200).text("result")).isEqualTo("accepted");
    var events = box.viewer().events(id);
    var before = box.rows();
    assertThat(signedByReceiver(message, body).is(200).text("result")).isEqualTo("accepted");

    assertThat(status(id)).isEqualTo("RESOLVED");
    assertThat(box.viewer().events(id)).isEqualTo(events).containsOnlyOnce("Resolved");
    assertThat(box.rows()).isEqualTo(before);
  }

  @Test
  void jiras_signed_message_resolves_once_however_often_it_comes() {
    var id = waiting("jira");
    var message = message();

    assertThat(signedByJira(message, done(id)).is(200).text("result")).isEqualTo("accepted");
    var before = box.rows();
    assertThat(signedByJira(message, done(id)).is(200).text("result")).isEqualTo("accepted");

    assertThat(status(id)).isEqualTo("RESOLVED");
    assertThat(box.rows()).isEqualTo(before);
  }

  @Test
  void the_same_message_many_times_at_once_has_one_effect() {
    var id = waiting("webhook");
    var body = SignedAnswers.webhookBody(id, "RESOLVED", "T-17");
    var client = SignedAnswers.webhook(box.anybody(), message(), TestBox.START, body);

    var coming =
        Stream.generate(() -> client.sending(HttpMethod.POST, WEBHOOK, body.getBytes(UTF_8)))
            .limit(8)
            .toList();

    assertThat(coming.stream().map(ApiClient::await).map(Reply::status)).containsOnly(200);
    assertThat(box.viewer().events(id))
        .containsOnlyOnce("Resolved")
        .doesNotContain("CallbackIgnored");
  }

  @Test
  void a_message_under_a_known_id_with_other_words_has_no_effect() {
    var id = waiting("webhook");
    var message = message();
    signedByReceiver(message, SignedAnswers.webhookBody(id, "IN_PROGRESS", "T-17")).is(200);

    var other =
        signedByReceiver(message, SignedAnswers.webhookBody(id, "RESOLVED", "T-17")).is(200);

    assertThat(other.text("result")).isEqualTo("ignored");
    assertThat(status(id)).isEqualTo("PENDING_RESOLUTION");
  }

  @Test
  void what_is_not_signed_right_is_turned_away_and_leaves_no_trace() {
    var id = waiting("webhook");
    var other = waiting("jira");
    var before = box.rows();
    var body = SignedAnswers.webhookBody(id, "RESOLVED", "T-17");
    var good = SignedAnswers.webhook(box.anybody(), message(), TestBox.START, body);
    var jira = SignedAnswers.jira(box.anybody(), message(), done(other));
    var forged =
        List.of(
            box.anybody().post(WEBHOOK, body),
            good.post(WEBHOOK, body.replace("RESOLVED", "REOPENED")),
            good.post(WEBHOOK, body + " "),
            good.with("webhook-id", "msg_other").post(WEBHOOK, body),
            good.with("webhook-signature", "v1,AAAA").post(WEBHOOK, body),
            good.with("webhook-timestamp", "99999999999999999999").post(WEBHOOK, body),
            good.post(JIRA, body),
            jira.post(JIRA, done(id)),
            jira.post(WEBHOOK, done(other)),
            jira.with("X-Hub-Signature", "sha1=00").post(JIRA, done(other)),
            box.as(Role.ADMIN).client().post(JIRA, done(other)));

    for (var reply : forged) {
      reply.isProblem(401, "FORGED");
    }
    assertThat(box.rows()).isEqualTo(before);
    assertThat(status(id)).isEqualTo("PENDING_RESOLUTION");
  }

  @Test
  void an_old_message_is_turned_away() {
    var id = waiting("webhook");
    var body = SignedAnswers.webhookBody(id, "RESOLVED", "T-17");
    for (var off : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
      SignedAnswers.webhook(box.anybody(), message(), TestBox.START.plus(off), body)
          .post(WEBHOOK, body)
          .isProblem(401, "FORGED");
    }
    var stale =
        SignedAnswers.jiraBody(id, TestBox.START.minus(Duration.ofHours(25)), "Done", "done");
    signedByJira(message(), stale).isProblem(401, "FORGED");
  }

  @Test
  void what_is_signed_but_senseless_is_said_to_be() {
    for (var body : List.of("{}", "[]", "", "{\"type\":\"exception.answered\"}")) {
      signedByReceiver(message(), body).isProblem(400, "MALFORMED");
    }
    signedByJira(message(), "{").isProblem(400, "MALFORMED");
    var own =
        "{\"type\":\"exception.dispatched\",\"timestamp\":\"2026-03-02T10:00:00Z\",\"data\":{}}";
    assertThat(signedByReceiver(message(), own).is(200).text("result")).isEqualTo("ignored");
  }

  @Test
  void what_comes_too_late_or_about_nobody_is_taken_and_ignored() {
    var about = SignedAnswers.webhookBody(NOBODY, "RESOLVED", "T-17");
    assertThat(signedByReceiver(message(), about).is(200).text("why"))
        .isEqualTo("There is no exception with the id " + NOBODY + ".");
    var id = waiting("webhook");
    signedByReceiver(message(), SignedAnswers.webhookBody(id, "RESOLVED", "T-17")).is(200);

    var late =
        signedByReceiver(message(), SignedAnswers.webhookBody(id, "REOPENED", "T-17")).is(200);

    assertThat(late.text("result")).isEqualTo("ignored");
    assertThat(status(id)).isEqualTo("RESOLVED");
    assertThat(box.viewer().events(id)).endsWith("CallbackIgnored");
  }

  @Test
  void texts_that_no_database_can_keep_are_refused_even_when_signed() {
    var id = waiting("webhook");
    for (var bad : List.of("\\u0000", "\\ud800")) {
      var body =
          SignedAnswers.webhookBody(id, "RESOLVED", "T-17").replace("Paid twice.", "a" + bad + "b");
      assertThat(signedByReceiver(message(), body).status()).isIn(200, 400);
    }
  }

  @Test
  void a_target_that_does_not_answer_is_not_there() {
    for (var path :
        List.of("/callbacks/slack", "/callbacks/webhook/slack", "/callbacks/webhook/x")) {
      box.anybody().post(path, "{}").isProblem(404, "NOT_FOUND");
    }
    box.anybody().post("/callbacks/a%20b", "{}").isProblem(400, "INVALID");
  }

  @Test
  void a_message_that_is_too_large_is_refused_before_its_signature_is_looked_at() {
    box.anybody().post(JIRA, new byte[6 << 20]).isProblem(413, "TOO_LARGE");
  }
}
