package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.OpenStream;
import dev.signalbox.api.testkit.Person;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.testkit.Until;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A server that stops takes nothing new, and answers what it has taken. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShutdownIT {
  private ApiBox box;

  @BeforeEach
  void open() {
    box = ApiBox.open();
  }

  @AfterEach
  void close() {
    box.close();
  }

  private static void ends(Future<?> stopping) throws Exception {
    stopping.get(30, TimeUnit.SECONDS);
  }

  /** Whether nobody listens any more. */
  private boolean isClosed() {
    try {
      box.anybody().get("/health/live");
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  @Test
  void what_is_under_way_is_answered_and_nothing_new_is_taken() throws Exception {
    var id = box.reporter().reports(report("under-way")).is(201).text("id");
    var client = box.reporter().client();

    record Stop(CompletableFuture<Reply> answer, Future<?> stopping) {}
    var stop =
        box.whileNothingCommits(
            id,
            () -> {
              var answer =
                  client.sending(HttpMethod.POST, Person.CASES + "/" + id + "/clear", new byte[0]);
              Until.holds(() -> box.waitingForLocks() == 1);
              var stopping = box.stopping();
              Until.holds(this::isClosed);
              assertThat(answer).isNotDone();
              return new Stop(answer, stopping);
            });

    ApiClient.await(stop.answer()).is(200);
    ends(stop.stopping());
    assertThat(box.box().events(CaseId.parse(id))).contains("Cleared");
  }

  @Test
  void a_stream_gets_the_answers_to_all_that_was_read_and_a_proper_end() throws Exception {
    var stream = new OpenStream(box.reporter().client(), box.vertx());
    stream.sends(report("s1") + "\n" + report("s2") + "\n" + report("half"));
    assertThat(stream.nextAnswer().path("line").asInt()).isEqualTo(1);
    assertThat(stream.nextAnswer().path("line").asInt()).isEqualTo(2);

    var stopping = box.stopping();

    assertThat(stream.isAnswered()).isTrue();
    ends(stopping);
    assertThat(box.cases()).isEqualTo(2);
  }

  @Test
  void a_caller_who_never_finishes_does_not_hold_the_server_up_for_ever() throws Exception {
    var stream = new OpenStream(box.reporter().client(), box.vertx());
    stream.looksAway();
    for (int i = 0; i < 50; i++) {
      stream.sending("{}\n".repeat(2_000));
    }
    box.anybody().get("/health/live").is(200);

    ends(box.stopping());

    assertThatThrownBy(() -> box.anybody().get("/health/live")).isInstanceOf(AssertionError.class);
  }
}
