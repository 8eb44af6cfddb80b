package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.Person;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Attempt;
import dev.signalbox.testkit.Until;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every POST takes effect once under its key, and says the same thing every time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdempotencyIT {
  private static ApiBox box;

  @BeforeAll
  static void open() {
    box =
        ApiBox.open(
                Map.of(
                    new TargetName("webhook"),
                        (dispatch, deadline) -> new Attempt.Delivered("X-1", false),
                    new TargetName("broken"),
                        (dispatch, deadline) -> new Attempt.RejectedByTarget("no")),
                Map.of())
            .dispatching();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  /**
   * A request to repeat.
   *
   * @param other another body for the same path
   */
  record Post(String name, String path, String body, String other) {
    Reply send(Person person) {
      return person.posts(path, body);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Post> posts() {
    var open = reported("once-" + System.nanoTime());
    var waiting = dispatched("webhook");
    var letters = Stream.generate(IdempotencyIT::deadLetter).limit(2).toList();
    return Stream.of(
        new Post(
            "a report",
            Person.CASES,
            report("key-1").toString(),
            report("key-1").put("amount", "2").toString()),
        new Post(
            "a list of reports",
            Person.CASES,
            "[" + report("key-2") + "," + report("key-3") + ",7]",
            "[" + report("key-2") + "]"),
        new Post("clear", path(open, "clear"), "{\"reason\":\"a\"}", "{\"reason\":\"b\"}"),
        new Post(
            "dispatch",
            path(reported("once-d"), "dispatch"),
            "{\"targetSystem\":\"WEBHOOK\"}",
            "{\"targetSystem\":\"WEBHOOK\",\"queue\":\"q\"}"),
        new Post(
            "callback",
            path(waiting, "callback"),
            "{\"externalSystem\":\"webhook\",\"status\":\"RESOLVED\"}",
            "{\"externalSystem\":\"webhook\",\"status\":\"REOPENED\"}"),
        new Post(
            "redrive of an exception that is not dead",
            path(reported("once-r"), "redrive"),
            "{}",
            "{\"reason\":\"b\"}"),
        new Post(
            "redrive of one dead letter",
            "/v1/dead-letters/" + letters.getFirst() + "/redrive",
            "{}",
            ""),
        new Post(
            "redrive of many dead letters",
            "/v1/dead-letters/redrive",
            "{\"target\":\"broken\"}",
            "{\"target\":\"webhook\"}"));
  }

  @ParameterizedTest
  @MethodSource("posts")
  void the_same_request_gets_the_first_answer_and_another_one_is_refused(Post post) {
    var admin = box.as(Role.ADMIN).once("k-" + post.name().replace(' ', '-'));
    var first = post.send(admin);
    Until.holds(() -> box.isQuiet());
    var before = box.rows();

    var again = post.send(admin);

    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    if (!post.other().isEmpty()) {
      admin
          .posts(post.path(), post.other())
          .isProblem(
              422,
              "KEY_REUSED",
              "The idempotency key \"k-%s\" was used before with another request body. Maybe use a new key for a new request."
                  .formatted(post.name().replace(' ', '-')));
    }
    assertThat(box.rows()).isEqualTo(before);
  }

  @Test
  void the_old_name_of_the_header_is_understood() {
    var person = new Person(box.reporter().client().with("X-Idempotency-Key", "old"));
    person.reports(report("old")).is(201);

    person.reports(report("old")).is(201);
    person.reports(report("older")).isProblem(422, "KEY_REUSED");
  }

  @Test
  void callers_do_not_meet_each_others_keys_nor_do_paths() {
    var first = reported("mine-1");
    var second = reported("mine-2");

    box.reporter().once("mine").clears(first, null).is(200);
    box.reporter().once("mine").clears(second, null).is(200);
    box.as(Role.ADMIN).once("mine").reports(report("mine-3")).is(201);
    box.reporter().once("mine").reports(report("mine-4")).is(201);
  }

  @Test
  void a_refusal_is_repeated_too() {
    var id = reported("refused");
    var late = box.operator().once("late");
    var refused = late.answers(id, callback()).isProblem(422, "NOT_ALLOWED");

    assertThat(late.answers(id, callback()).json()).isEqualTo(refused.json());
  }

  @Test
  void what_was_not_valid_may_be_corrected_under_the_same_key() {
    var person = box.reporter().once("corrected");
    person.reports(report("corrected").put("amount", 1)).isProblem(400, "INVALID");

    person.reports(report("corrected")).is(201);
  }

  @Test
  void each_line_of_a_stream_takes_effect_once_under_the_key() {
    var person = box.reporter().once("stream");
    var first =
        person.streams(report("st-1").toString(), report("st-2").toString()).is(200).lines();

    var again =
        person.streams(report("st-1").toString(), report("st-3").toString()).is(200).lines();

    assertThat(again.getFirst()).isEqualTo(first.getFirst());
    assertThat(again.getLast().at("/problem/code").asText()).isEqualTo("KEY_REUSED");
  }

  @Test
  void retries_while_the_first_is_under_way_have_one_effect_and_one_answer() {
    var id = reported("racing");
    var clearing = box.reporter().once("racing").client().with("Content-Type", "application/json");

    var coming = box.whileNothingCommits(id, () -> together(clearing, path(id, "clear"), "{}", 5));

    var answers = coming.stream().map(ApiClient::await).toList();
    assertThat(answers).extracting(Reply::status).containsOnly(200);
    assertThat(answers).extracting(Reply::body).containsOnly(answers.getFirst().body());
    assertThat(box.viewer().events(id)).containsOnlyOnce("Cleared");
  }

  @Test
  void a_list_that_is_under_way_is_not_begun_again() {
    var id = reported("listed");
    var list = "[{\"source\":\"bank-a-mt940\",\"sourceRef\":\"listed\",\"cleared\":true}]";
    var client = box.reporter().once("listed").client().with("Content-Type", "application/json");

    var coming =
        box.whileNothingCommits(
            id,
            () -> {
              var first = together(client, Person.CASES, list, 1);
              Until.holds(() -> box.rows("once", "key = 'listed'") == 1);
              var refused = client.post(Person.CASES, list).isProblem(409, "UNDER_WAY");
              assertThat(refused.header("Retry-After")).isEqualTo("2");
              return first;
            });

    var answer = ApiClient.await(coming.getFirst()).is(200);
    assertThat(client.post(Person.CASES, list).body()).isEqualTo(answer.body());
  }

  @Test
  void a_claim_that_nobody_answered_runs_out() {
    box.claims("reporter " + Person.CASES, "lost", "[" + report("lost") + "]");
    var person = box.reporter().once("lost");
    person.reportsAll(List.of(report("lost"))).isProblem(409, "UNDER_WAY");

    box.box().clock().advance(Duration.ofMinutes(3));

    assertThat(
            person
                .reportsAll(List.of(report("lost")))
                .is(200)
                .items()
                .getFirst()
                .path("status")
                .asText())
        .isEqualTo("recorded");
  }

  private static List<CompletableFuture<Reply>> together(
      ApiClient client, String path, String body, int count) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return Stream.generate(() -> client.sending(HttpMethod.POST, path, bytes))
        .limit(count)
        .toList();
  }

  private static String path(String id, String command) {
    return Person.CASES + "/" + id + "/" + command;
  }

  private static String reported(String ref) {
    return box.reporter().reports(report(ref)).is(201).text("id");
  }

  /** An exception that waits for the answer of a target. */
  private static String dispatched(String target) {
    var id = reported("dispatched-" + System.nanoTime());
    box.operator().dispatches(id, target).is(200);
    Until.holds(() -> box.viewer().events(id).contains("DispatchDelivered"));
    return id;
  }

  private static String deadLetter() {
    var id = reported("dead-" + System.nanoTime());
    box.operator().dispatches(id, "broken").is(200);
    Until.holds(() -> box.viewer().events(id).contains("DispatchDeadLettered"));
    return box
        .viewer()
        .client()
        .get("/v1/dead-letters?limit=200&target=broken")
        .is(200)
        .items()
        .stream()
        .filter(letter -> letter.path("exceptionId").asText().equals(id))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asText();
  }

  private static ObjectNode callback() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("externalSystem", "webhook")
        .put("status", "RESOLVED");
  }
}
