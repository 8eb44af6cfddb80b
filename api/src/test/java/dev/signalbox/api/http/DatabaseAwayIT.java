package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.api.testkit.ReportText;
import dev.signalbox.testkit.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away under the running server, and comes back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseAwayIT {
  private static final int SENDERS = 6;

  private ApiBox box;

  @BeforeEach
  void open() {
    box = ApiBox.onItsOwnServer();
  }

  @AfterEach
  void close() {
    box.close();
  }

  private void isUnavailable(Reply reply) {
    reply.isProblem(503, "UNAVAILABLE");
    assertThat(reply.header("Retry-After")).isEqualTo("2");
  }

  /** Everything says so, in bounded time, and liveness goes on. */
  private void everythingIsUnavailable(String known) {
    var began = System.nanoTime();
    box.anybody().get("/health/ready").is(503);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    box.anybody().get("/health/live").is(200);
    isUnavailable(box.reporter().reports(report("away")));
    isUnavailable(box.viewer().sees(known));
    isUnavailable(box.viewer().lists(""));
    isUnavailable(box.reporter().once("away").clears(known, null));
    isUnavailable(box.reporter().once("away-list").reportsAll(List.of(report("away"))));
    assertThat(box.reporter().reportsAll(List.of(report("away"))).is(200).items())
        .extracting(item -> item.path("status").asText())
        .containsOnly("unavailable");
    assertThat(
            box.reporter()
                .streams(report("away-1").toString(), "{", report("away-2").toString())
                .is(200)
                .lines())
        .extracting(line -> line.path("status").asText())
        .containsExactly("unavailable", "refused", "unavailable");
    // The keys are not believed for ever without the database.
    box.box().clock().advance(Duration.ofSeconds(10));
    isUnavailable(box.viewer().sees(known));
    box.anybody().get("/health/live").is(200);
  }

  private void everythingIsBack(String known) {
    Until.holds(() -> box.anybody().get("/health/ready").status() == 200);
    box.viewer().sees(known).is(200);
    box.reporter().reports(report("away")).is(201);
    box.reporter().once("away").clears(known, null).is(200);
    box.reporter().once("away-list").reportsAll(List.of(report("away"))).is(200);
    assertThat(
            box.reporter()
                .streams(report("away-1").toString())
                .is(200)
                .lines()
                .getFirst()
                .path("status")
                .asText())
        .isEqualTo("recorded");
    isSound();
  }

  private void isSound() {
    var audit = box.as(Role.AUDITOR).client().get("/v1/audit/verify").is(200).lines().getLast();
    assertThat(audit.path("misfits").asInt()).isZero();
    assertThat(audit.path("exceptions").asLong()).isEqualTo(box.cases());
  }

  @Test
  void a_database_that_was_killed_is_said_to_be_away_and_all_recovers_when_it_is_back() {
    var known = box.reporter().reports(report("known")).is(201).text("id");

    box.box().postgres().kill();
    everythingIsUnavailable(known);
    box.box().postgres().restart();

    everythingIsBack(known);
  }

  @Test
  void a_database_that_hangs_is_given_up_in_bounded_time() {
    var known = box.reporter().reports(report("known")).is(201).text("id");

    box.box().postgres().freeze();
    try {
      var began = System.nanoTime();
      box.anybody().get("/health/ready").is(503);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      box.anybody().get("/health/live").is(200);
      isUnavailable(box.viewer().sees(known));
      isUnavailable(box.reporter().reports(report("away")));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    } finally {
      box.box().postgres().thaw();
    }

    Until.holds(() -> box.anybody().get("/health/ready").status() == 200);
    assertThat(box.reporter().reports(report("away")).status()).isIn(200, 201);
    isSound();
  }

  /** Whatever was answered with 201 before, while and after is there once. */
  @Test
  void nothing_acknowledged_is_lost_when_the_database_is_killed_under_load() throws Exception {
    var acknowledged = new ConcurrentHashMap<String, String>();
    var unanswered = new ConcurrentLinkedQueue<String>();
    var sent = new AtomicInteger();
    var stopping = new AtomicBoolean();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var senders = new ArrayList<Future<?>>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(
            executor.submit(() -> {
              while (!stopping.get()) {
                send("load-" + sent.incrementAndGet(), acknowledged, unanswered);
              }
            }));
      }
      for (int round = 0; round < 2; round++) {
        int before = acknowledged.size();
        Until.holds(() -> acknowledged.size() > before + 100);
        box.box().postgres().kill();
        int away = unanswered.size();
        Until.holds(() -> unanswered.size() > away + SENDERS);
        box.box().postgres().restart();
      }
      int before = acknowledged.size();
      Until.holds(() -> acknowledged.size() > before + 100);
      stopping.set(true);
      for (var sender : senders) {
        sender.get();
      }
    }

    int lost = 0;
    for (var answer : again(acknowledged.keySet())) {
      boolean isThere =
          answer.getValue().path("status").asText().equals("duplicate")
              && answer.getValue().path("id").asText().equals(acknowledged.get(answer.getKey()));
      lost += isThere ? 0 : 1;
    }
    int storedUnsaid = 0;
    for (var answer : again(unanswered)) {
      storedUnsaid += answer.getValue().path("status").asText().equals("duplicate") ? 1 : 0;
    }
    System.out.printf(
        "database killed twice under load: sent %d, acknowledged %d, lost %d, answered 503 %d, of"
            + " which stored all the same %d%n",
        sent.get(), acknowledged.size(), lost, unanswered.size(), storedUnsaid);
    assertThat(lost).isZero();
    assertThat(box.cases()).isEqualTo(sent.get());
    isSound();
  }

  /** Reports these again: each with what is said of it. */
  private List<Map.Entry<String, JsonNode>> again(Collection<String> refs) {
    var answers = new ArrayList<Map.Entry<String, JsonNode>>();
    var rest = List.copyOf(refs);
    for (int from = 0; from < rest.size(); from += 500) {
      var some = rest.subList(from, Math.min(rest.size(), from + 500));
      var items =
          box.reporter().reportsAll(some.stream().map(ReportText::report).toList()).is(200).items();
      for (int i = 0; i < some.size(); i++) {
        answers.add(Map.entry(some.get(i), items.get(i)));
      }
    }
    return answers;
  }

  private void send(
      String ref, Map<String, String> acknowledged, ConcurrentLinkedQueue<String> unanswered) {
    var reply = box.reporter().reports(report(ref));
    if (reply.status() == 503) {
      isUnavailable(reply);
      unanswered.add(ref);
    } else {
      acknowledged.put(ref, reply.is(201).text("id"));
    }
  }
}
