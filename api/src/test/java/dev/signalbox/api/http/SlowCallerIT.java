package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.OpenStream;
import dev.signalbox.api.testkit.Person;
import dev.signalbox.api.testkit.SlowPost;
import dev.signalbox.testkit.Until;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who is slow, or sends too much, is held back or cut off, and nobody else notices. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlowCallerIT {
  private static final int MEBIBYTE = 1 << 20;

  private ApiBox box;
  private int others;

  @BeforeEach
  void open() {
    box = ApiBox.open();
  }

  @AfterEach
  void close() {
    box.close();
  }

  private ApiClient poster() {
    return box.reporter().client().with("Content-Type", "application/json");
  }

  private void othersAreServed() {
    var began = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      box.reporter().reports(report("other-" + others++)).is(201);
      box.anybody().get("/health/live").is(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_caller_who_does_not_read_is_not_read_from_and_gets_all_answers_later() {
    int parts = 100;
    var stream = new OpenStream(box.reporter().client(), box.vertx());
    stream.looksAway();
    var taken = new AtomicInteger();
    // Half a gibibyte would be on its way if nobody held it back.
    var part = ("{\"" + "x".repeat(1_000) + "\":1}\n").repeat(1_000);
    for (int i = 0; i < parts; i++) {
      stream.sending(part).onSuccess(nothing -> taken.incrementAndGet());
    }

    int before;
    do {
      before = taken.get();
      othersAreServed();
    } while (taken.get() > before);

    assertThat(taken.get()).as("parts of the stream that were taken").isLessThan(parts / 2);
    stream.looksBack();
    stream.ends();
    for (int i = 1; i <= parts * 1_000; i++) {
      assertThat(stream.nextAnswer().path("line").asInt()).isEqualTo(i);
    }
    assertThat(stream.isAnswered()).isTrue();
  }

  @Test
  void bodies_that_come_slowly_hold_nobody_and_are_given_up() {
    var slow =
        Stream.generate(() -> new SlowPost(poster(), box.vertx(), Person.CASES))
            .limit(100)
            .toList();
    slow.forEach(post -> post.sends("{\"source\":"));

    othersAreServed();

    for (var post : slow) {
      post.answer().isProblem(408, "TOO_SLOW", "A body has to arrive within 2 s.");
      assertThat(post.isCutOff()).isTrue();
    }
  }

  @Test
  void a_body_that_comes_in_pieces_is_one_body() {
    var post = new SlowPost(poster(), box.vertx(), Person.CASES);
    var text = report("pieces").toString();
    for (int i = 0; i < text.length(); i += 40) {
      post.sends(text.substring(i, Math.min(text.length(), i + 40)));
    }
    post.ends();

    post.answer().is(201);
  }

  @Test
  void a_body_that_is_said_to_be_too_large_is_refused_before_it_is_sent() {
    var paths = List.of(Person.CASES, "/v1/dead-letters/redrive");
    for (var path : paths) {
      var client = box.operator().client().with("Content-Type", "application/json");
      var post =
          new SlowPost(
              (path.equals(Person.CASES) ? poster() : client)
                  .with("Content-Length", Long.toString(10_000_000_000L)),
              box.vertx(),
              path);

      post.answer().isProblem(413, "TOO_LARGE");
    }
  }

  @Test
  void a_body_that_turns_out_too_large_is_refused_while_it_comes() {
    var before = box.rows();
    var post = new SlowPost(poster(), box.vertx(), Person.CASES);
    var piece = "[".repeat(MEBIBYTE);
    for (int i = 0; i < 17; i++) {
      post.sends(piece);
    }

    post.answer().isProblem(413, "TOO_LARGE");

    assertThat(box.rows()).isEqualTo(before);
    var command = new SlowPost(poster(), box.vertx(), Person.CASES + "/x/clear");
    command.sends(piece);
    command.sends(piece);
    command.answer().isProblem(413, "TOO_LARGE");
  }

  @Test
  void a_connection_is_good_for_the_next_request_after_a_refusal() {
    for (int i = 0; i < 50; i++) {
      box.anybody().post(Person.CASES, "x".repeat(50_000)).isProblem(401, "UNAUTHENTICATED");
      box.viewer().reports("x".repeat(50_000)).isProblem(403, "FORBIDDEN");
    }
    box.reporter().reports(report("next")).is(201);
  }

  @Test
  void who_asks_before_sending_is_told_to_go_on_or_why_not() {
    var welcome = new SlowPost(poster().with("Expect", "100-continue"), box.vertx(), Person.CASES);
    Until.holds(welcome::isToldToGoOn);
    welcome.sends(report("asked").toString());
    welcome.ends();
    welcome.answer().is(201);

    var tooMuch =
        new SlowPost(
            poster().with("Expect", "100-continue").with("Content-Length", "99999999"),
            box.vertx(),
            Person.CASES);
    tooMuch.answer().isProblem(413, "TOO_LARGE");
    assertThat(tooMuch.isToldToGoOn()).isFalse();
  }

  @Test
  void who_goes_away_in_the_middle_harms_nobody() {
    for (int i = 0; i < 20; i++) {
      var post = new SlowPost(poster(), box.vertx(), Person.CASES);
      post.sends("{\"source\":");
      post.breaksOff();
      var stream = new OpenStream(box.reporter().client(), box.vertx());
      stream.sends(report("gone-" + i) + "\n" + report("half"));
      assertThat(stream.nextAnswer().path("status").asText()).isEqualTo("recorded");
      stream.breaksOff();
    }

    othersAreServed();

    assertThat(box.cases()).as("what was whole was taken").isEqualTo(20 + others);
  }
}
