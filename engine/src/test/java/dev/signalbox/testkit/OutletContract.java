package dev.signalbox.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Attempt.Delivered;
import dev.signalbox.outside.Attempt.RejectedByTarget;
import dev.signalbox.outside.Attempt.RetryLater;
import dev.signalbox.outside.Attempt.TargetDown;
import dev.signalbox.outside.Attempt.Unknown;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every outlet must do, whatever it speaks to: an adapter is done when its test, which extends
 * this one, passes. The outside system is played over real HTTP, with its faults.
 */
public abstract class OutletContract {
  private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

  /** More than any field takes, so that an outlet that must cut is seen cutting. */
  private static final int LONG_TEXT = 32_000;

  protected final WireMockServer outside =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  /** The outlet under test, for an outside system at this address. */
  protected abstract Outlet outlet(URI address);

  /** The path that takes an exception. */
  protected abstract String path();

  /** How the outside system says that it took one. */
  protected abstract ResponseDefinitionBuilder accepted();

  /** The text that people there read, out of a request. */
  protected abstract String textIn(LoggedRequest request);

  /** The id in a request that is the same on every attempt. */
  protected abstract String markerIn(LoggedRequest request);

  /** What must never be shown. */
  protected abstract List<String> secrets();

  @BeforeEach
  void startOutside() {
    outside.start();
    outside.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(500)));
  }

  @AfterEach
  void stopOutside() {
    outside.stop();
  }

  protected final URI address() {
    return URI.create("http://127.0.0.1:" + outside.port());
  }

  protected final void answering(ResponseDefinitionBuilder answer) {
    outside.stubFor(post(urlEqualTo(path())).atPriority(5).willReturn(answer));
  }

  protected final List<LoggedRequest> taken() {
    return outside.findAll(postRequestedFor(urlEqualTo(path())));
  }

  protected final Attempt attempt(Dispatch dispatch) {
    return outlet(address()).attempt(dispatch, Instant.now().plusSeconds(10));
  }

  protected final Dispatches dispatch() {
    return shaped(Dispatches.of(Reports.report("R-1", DAY).of("120000.00").build(), "outside"));
  }

  /** What the outside system is asked to do; it is handed an exception, unless told otherwise. */
  protected Dispatches shaped(Dispatches plain) {
    return plain;
  }

  private Attempt attempt() {
    return attempt(dispatch().build());
  }

  @Test
  void what_the_outside_system_takes_is_delivered() {
    answering(accepted());
    assertThat(attempt()).isInstanceOf(Delivered.class);
    assertThat(taken()).hasSize(1);
  }

  @Test
  void every_attempt_carries_the_same_marker() {
    answering(aResponse().withStatus(503));
    for (int attempt = 1; attempt <= 3; attempt++) {
      attempt(dispatch().attempt(attempt).build());
    }
    assertThat(taken())
        .hasSize(3)
        .extracting(this::markerIn)
        .containsOnly(markerIn(taken().getFirst()));
  }

  @Test
  void another_dispatch_carries_another_marker() {
    answering(accepted());
    attempt();
    attempt(dispatch().withId("0190a5c6-1f7e-8c31-9d53-000000000002").build());
    assertThat(taken()).extracting(this::markerIn).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          301 302 307 308,                 RetryLater
          400 404 405 413 415 422 451,     RejectedByTarget
          401 403 410,                     TargetDown
          408 409 425 429,                 RetryLater
          500 501 502 503 504 599,         RetryLater
          """)
  void a_status_means(String statuses, String outcome) {
    for (var status : statuses.split(" ", -1)) {
      answering(aResponse().withStatus(Integer.parseInt(status)));
      var attempt = attempt();
      assertThat(attempt.getClass().getSimpleName()).as(status).isEqualTo(outcome);
      assertThat(reason(attempt)).contains(status);
    }
  }

  @Test
  void the_seconds_of_retry_after_are_obeyed() {
    answering(aResponse().withStatus(429).withHeader("Retry-After", "37"));
    assertThat(attempt())
        .isInstanceOfSatisfying(
            RetryLater.class,
            later -> assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(37)));
  }

  @Test
  void the_date_of_retry_after_is_obeyed() {
    var date = Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC);
    answering(
        aResponse()
            .withStatus(503)
            .withHeader("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(date)));
    assertThat(attempt())
        .isInstanceOfSatisfying(
            RetryLater.class,
            later ->
                assertThat(later.retryAfter())
                    .isBetween(Duration.ofSeconds(580), Duration.ofSeconds(600)));
  }

  @Test
  void a_retry_after_that_is_garbage_does_no_harm() {
    answering(aResponse().withStatus(503).withHeader("Retry-After", "soon, -1 ünd 9999999999"));
    assertThat(attempt()).isInstanceOf(RetryLater.class);
  }

  @Test
  void what_does_not_answer_before_the_deadline_is_unknown_and_not_later() {
    answering(accepted().withFixedDelay(20_000));
    var outlet = outlet(address());
    var begin = System.nanoTime();
    var attempt = outlet.attempt(dispatch().build(), Instant.now().plusMillis(800));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(300), Duration.ofMillis(1_200));
    assertThat(attempt).isInstanceOf(Unknown.class);
  }

  @Test
  void nothing_is_sent_when_the_deadline_has_passed() {
    answering(accepted());
    assertThat(outlet(address()).attempt(dispatch().build(), Instant.now().minusSeconds(1)))
        .isInstanceOf(RetryLater.class);
    assertThat(taken()).isEmpty();
  }

  @Test
  void a_refused_connection_is_tried_later() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(
            outlet(URI.create("http://127.0.0.1:" + closed))
                .attempt(dispatch().build(), Instant.now().plusSeconds(5)))
        .isInstanceOf(RetryLater.class);
  }

  @Test
  void a_connection_that_breaks_after_the_request_is_unknown() {
    answering(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThat(attempt()).isInstanceOf(Unknown.class);
    answering(aResponse().withFault(Fault.EMPTY_RESPONSE));
    assertThat(attempt()).isInstanceOf(Unknown.class);
  }

  @Test
  void an_answer_that_is_no_http_is_unknown() {
    answering(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    assertThat(attempt()).isInstanceOf(Unknown.class);
  }

  @Test
  void a_huge_answer_is_cut_and_no_failure() {
    answering(accepted().withBody("x".repeat(30_000_000)));
    assertThat(attempt()).isInstanceOfAny(Delivered.class, Unknown.class);
  }

  @Test
  void an_answer_that_drips_does_not_outlast_the_deadline() {
    answering(accepted().withChunkedDribbleDelay(50, 30_000));
    var begin = System.nanoTime();
    var attempt = outlet(address()).attempt(dispatch().build(), Instant.now().plusMillis(800));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_200));
    assertThat(attempt).isInstanceOfAny(Delivered.class, Unknown.class);
  }

  @Test
  void a_redirect_is_not_followed() {
    answering(aResponse().withStatus(307).withHeader("Location", address() + "/elsewhere"));
    attempt();
    assertThat(outside.findAll(anyRequestedFor(urlEqualTo("/elsewhere")))).isEmpty();
  }

  @Test
  void hostile_text_arrives_as_the_text_it_is() {
    var hostile =
        "<script>alert(1)</script> {code}*bold*{code} ${env} \"quoted\" \\ 💶 \u202eabc 汉字";
    answering(accepted());
    attempt(dispatchSaying(hostile));
    assertThat(taken()).hasSize(1);
    assertThat(textIn(taken().getFirst())).contains(hostile);
  }

  @Test
  void control_characters_and_broken_text_are_delivered_all_the_same() {
    answering(accepted());
    assertThat(attempt(dispatchSaying("a\u0000b\u0007c\u001bd\ud83de\r\nf\tg")))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void a_very_long_text_is_delivered() {
    answering(accepted());
    assertThat(attempt(dispatchSaying("Zeile \"ü\"\n".repeat(LONG_TEXT / 10))))
        .isInstanceOf(Delivered.class);
  }

  private Dispatch dispatchSaying(String details) {
    return shaped(Dispatches.of(Reports.report("R-1", DAY).saying(details).build(), "outside"))
        .build();
  }

  @Test
  void no_secret_is_ever_shown() {
    var shown = new ArrayList<String>();
    shown.add(outlet(address()).toString());
    for (var answer : List.of(401, 400, 500)) {
      answering(aResponse().withStatus(answer));
      shown.add(attempt().toString());
    }
    answering(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    shown.add(attempt().toString());
    for (var secret : secrets()) {
      assertThat(shown).noneMatch(text -> text.contains(secret));
    }
    assertThat(outside.findAll(anyRequestedFor(anyUrl())))
        .allSatisfy(request -> assertThat(request.getUrl()).doesNotContain(secrets()));
  }

  @Test
  void many_threads_may_call_at_once() throws Exception {
    answering(accepted().withFixedDelay(300));
    var outlet = outlet(address());
    var calls = new ArrayList<Callable<Attempt>>();
    for (int i = 0; i < 64; i++) {
      var dispatch = dispatch().withId("0190a5c6-1f7e-8c31-9d53-%012d".formatted(i)).build();
      calls.add(() -> outlet.attempt(dispatch, Instant.now().plusSeconds(20)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        assertThat(call.get()).isInstanceOf(Delivered.class);
      }
    }
    var markers = new HashSet<String>();
    taken().forEach(request -> markers.add(markerIn(request)));
    assertThat(markers).hasSize(64);
  }

  private static String reason(Attempt attempt) {
    return switch (attempt) {
      case Delivered delivered -> "";
      case RetryLater later -> later.reason();
      case Unknown unknown -> unknown.reason();
      case Attempt.Settling settling -> settling.reason();
      case RejectedByTarget rejected -> rejected.reason();
      case TargetDown down -> down.reason();
    };
  }
}
