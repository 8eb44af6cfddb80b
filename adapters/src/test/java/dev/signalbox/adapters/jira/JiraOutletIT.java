package dev.signalbox.adapters.jira;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Attempt.Delivered;
import dev.signalbox.outside.Attempt.RejectedByTarget;
import dev.signalbox.outside.Attempt.RetryLater;
import dev.signalbox.outside.Attempt.Settling;
import dev.signalbox.outside.Attempt.TargetDown;
import dev.signalbox.outside.Attempt.Unknown;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.OutletContract;
import dev.signalbox.testkit.TestClock;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JiraOutletIT extends OutletContract {
  private static final String SEARCH = "/rest/api/3/search/jql";
  private static final String CREDENTIALS = "'email': '" + TestJira.EMAIL + "',";

  private static final Vertx VERTX = Vertx.vertx();

  /** Of each test its own: a connection that one test broke must not serve the next. */
  private final HttpCaller http = HttpCaller.open(VERTX);

  private final TestClock clock = new TestClock(Instant.parse("2026-03-02T10:00:00Z"));

  @AfterAll
  static void close() {
    VERTX.close();
  }

  @AfterEach
  void closeConnections() {
    http.close();
  }

  @BeforeEach
  void showNothing() {
    searching(found());
  }

  @Override
  protected Outlet outlet(URI address) {
    var settings = TestJira.settings(address.toString(), CREDENTIALS);
    return new JiraOutlet(settings, http, InstantSource.system());
  }

  @Override
  protected String path() {
    return "/rest/api/3/issue";
  }

  @Override
  protected ResponseDefinitionBuilder accepted() {
    return aResponse()
        .withStatus(201)
        .withBody("{\"id\":\"10000\",\"key\":\"REC-24\",\"self\":\"https://x/10000\"}");
  }

  @Override
  protected String textIn(LoggedRequest request) {
    return TestJira.textOf(fields(request).path("description"));
  }

  @Override
  protected String markerIn(LoggedRequest request) {
    return fields(request).path("labels").path(1).asText();
  }

  @Override
  protected List<String> secrets() {
    var basic = TestJira.EMAIL + ":" + TestJira.TOKEN;
    return List.of(
        TestJira.TOKEN, Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode fields(LoggedRequest request) {
    return requireNonNull(OutsideJson.object(request.getBody())).path("fields");
  }

  private void searching(ResponseDefinitionBuilder answer) {
    outside.stubFor(post(urlEqualTo(SEARCH)).atPriority(5).willReturn(answer));
  }

  private static ResponseDefinitionBuilder found(String... keys) {
    var issues =
        String.join(",", List.of(keys).stream().map("{\"key\":\"%s\"}"::formatted).toList());
    return aResponse().withBody("{\"issues\":[%s],\"isLast\":true}".formatted(issues));
  }

  private JiraOutlet standing() {
    return new JiraOutlet(
        TestJira.settings(address().toString(), "'settleWindow': '60s',"), http, clock);
  }

  private Attempt attempt(Outlet outlet, Dispatch dispatch) {
    return outlet.attempt(dispatch, clock.instant().plusSeconds(10));
  }

  @Test
  void an_issue_is_created_with_basic_authorization() {
    answering(accepted());
    assertThat(attempt(dispatch().build())).isEqualTo(new Delivered("REC-24", false));
    var request = taken().getFirst();
    assertThat(request.getHeader("authorization")).isEqualTo("Basic " + secrets().get(1));
    assertThat(request.getHeader("content-type")).isEqualTo("application/json");
    assertThat(outside.findAll(postRequestedFor(urlEqualTo(SEARCH)))).isEmpty();
  }

  @Test
  void a_token_without_an_address_is_a_bearers() {
    answering(accepted());
    attempt(standing(), dispatch().build());
    assertThat(taken().getFirst().getHeader("authorization")).isEqualTo("Bearer " + TestJira.TOKEN);
  }

  @Test
  void after_an_unknown_outcome_the_issue_is_looked_for_and_adopted() {
    searching(found("REC-7"));
    assertThat(attempt(dispatch().afterUnknownOutcome().build()))
        .isEqualTo(new Delivered("REC-7", true));
    assertThat(taken()).isEmpty();
    var search =
        requireNonNull(
            OutsideJson.object(
                outside.findAll(postRequestedFor(urlEqualTo(SEARCH))).getFirst().getBody()));
    assertThat(search.path("jql").asText())
        .isEqualTo(
            "labels = \"signalbox-0190a5c6-1f7e-8c31-9d53-6a0f1f2e3d4c\" ORDER BY created ASC");
    assertThat(search.path("fields")).hasSize(1);
    assertThat(search.path("maxResults").asInt()).isEqualTo(1);
  }

  @Test
  void a_second_attempt_looks_too_since_a_crash_may_have_hidden_the_first() {
    searching(found("REC-7"));
    assertThat(attempt(dispatch().attempt(2).build())).isEqualTo(new Delivered("REC-7", true));
  }

  @Test
  void an_issue_that_is_not_shown_is_created_only_after_the_settle_window() {
    answering(accepted().withFault(Fault.EMPTY_RESPONSE));
    var outlet = standing();
    assertThat(attempt(outlet, dispatch().build())).isInstanceOf(Unknown.class);
    answering(accepted());
    clock.advance(Duration.ofSeconds(20));
    assertThat(attempt(outlet, dispatch().afterUnknownOutcome().build()))
        .isEqualTo(
            new Settling(
                "JIRA may have created the issue, and its search does not show it yet.",
                Duration.ofSeconds(40)));
    clock.advance(Duration.ofSeconds(40));
    assertThat(attempt(outlet, dispatch().afterUnknownOutcome().build()))
        .isEqualTo(new Delivered("REC-24", false));
    assertThat(taken()).hasSize(2);
  }

  @Test
  void a_window_that_another_process_began_begins_anew() {
    answering(accepted());
    var outlet = standing();
    assertThat(attempt(outlet, dispatch().afterUnknownOutcome().build()))
        .isInstanceOf(Settling.class);
    clock.advance(Duration.ofSeconds(61));
    assertThat(attempt(outlet, dispatch().afterUnknownOutcome().build()))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void an_error_of_the_server_may_hide_an_issue_too() {
    answering(aResponse().withStatus(504));
    var outlet = standing();
    assertThat(attempt(outlet, dispatch().build())).isInstanceOf(RetryLater.class);
    answering(accepted());
    assertThat(attempt(outlet, dispatch().attempt(2).build())).isInstanceOf(Settling.class);
    searching(found("REC-9"));
    assertThat(attempt(outlet, dispatch().attempt(3).build()))
        .isEqualTo(new Delivered("REC-9", true));
    assertThat(taken()).hasSize(1);
  }

  @Test
  void a_limit_hides_nothing_so_the_next_attempt_creates() {
    answering(aResponse().withStatus(429));
    var outlet = standing();
    attempt(outlet, dispatch().build());
    answering(accepted());
    assertThat(attempt(outlet, dispatch().attempt(2).build()))
        .isEqualTo(new Delivered("REC-24", false));
  }

  @ParameterizedTest
  @CsvSource({"400, RetryLater", "410, TargetDown", "401, TargetDown", "503, RetryLater"})
  void nothing_is_created_when_looking_fails(int status, String outcome) {
    answering(accepted());
    searching(aResponse().withStatus(status));
    var attempt = attempt(dispatch().afterUnknownOutcome().build());
    assertThat(attempt.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(taken()).isEmpty();
  }

  @Test
  void a_search_that_answers_garbage_or_nothing_is_asked_again() {
    for (var answer :
        List.of(
            aResponse().withBody("{\"issues\":7}"),
            aResponse().withBody("<html>"),
            aResponse().withBody("{\"issues\":[{\"id\":\"1\"}]}"),
            aResponse().withFault(Fault.EMPTY_RESPONSE))) {
      searching(answer);
      assertThat(attempt(dispatch().attempt(2).build())).isInstanceOf(RetryLater.class);
    }
    assertThat(taken()).isEmpty();
  }

  @Test
  void a_creation_whose_answer_has_no_key_is_unknown() {
    for (var body : List.of("", "{}", "{\"key\":7}", "[]", "<html>")) {
      answering(aResponse().withStatus(201).withBody(body));
      assertThat(attempt(dispatch().build()))
          .isEqualTo(new Unknown("JIRA answered 201 without a key."));
    }
  }

  @Test
  void what_jira_does_not_like_is_named() {
    answering(
        aResponse()
            .withStatus(400)
            .withBody(
                """
                {"errorMessages":["CONTENT_LIMIT_EXCEEDED"],
                 "errors":{"priority":"Field 'priority'\\ncannot be set."}}
                """));
    assertThat(attempt(dispatch().build()))
        .isEqualTo(
            new RejectedByTarget(
                "JIRA answered 400: CONTENT_LIMIT_EXCEEDED;"
                    + " priority: Field 'priority' cannot be set."));
    answering(aResponse().withStatus(400).withBody("<html>"));
    assertThat(attempt(dispatch().build()))
        .isEqualTo(new RejectedByTarget("JIRA answered 400: it does not say why."));
  }

  /** The second is the example of Atlassian's page on rate limiting. */
  @ParameterizedTest
  @CsvSource({
    "jira-quota-tenant-based, 1847, , PT30M47S",
    "jira-burst-based, 1, 2026-01-01T01:01:01Z, PT1S",
    "jira-quota-global-based, , 2026-03-02T10:05:00Z, PT5M",
    "jira-quota-global-based, , garbage, PT10M",
    "jira-per-issue-on-write, , , PT2S",
    "jira-burst-based, , , PT2S"
  })
  void limits_are_told_apart(String reason, String after, String reset, Duration wait) {
    var answer = aResponse().withStatus(429).withHeader("RateLimit-Reason", reason);
    if (after != null) {
      answer.withHeader("Retry-After", after);
    }
    if (reset != null) {
      answer.withHeader("X-RateLimit-Reset", reset);
    }
    answering(answer);
    assertThat(attempt(standing(), dispatch().build()))
        .isEqualTo(new RetryLater("JIRA answered 429: " + reason + ".", wait));
  }

  @Test
  void wrong_credentials_hold_everything() {
    answering(aResponse().withStatus(401));
    assertThat(attempt(dispatch().build()))
        .isEqualTo(new TargetDown("JIRA answered 401; maybe its credentials are wrong or spent."));
  }
}
