package dev.signalbox.adapters.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.signalbox.adapters.TestSettings.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Attempt.Delivered;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.OutletContract;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WebhookOutletIT extends OutletContract {
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static final Vertx VERTX = Vertx.vertx();

  /** Of each test its own: a connection that one test broke must not serve the next. */
  private final HttpCaller http = HttpCaller.open(VERTX);

  @AfterAll
  static void close() {
    VERTX.close();
  }

  @AfterEach
  void closeConnections() {
    http.close();
  }

  @Override
  protected Outlet outlet(URI address) {
    var settings =
        WebhookSettings.from(
            new TargetName("partner"),
            json(
                """
                {'url': '%s/hook', 'secrets': ['env:NEW', 'env:OLD'],
                 'allowedNetworks': '127.0.0.0/8'}
                """
                    .formatted(address)),
            Map.of("env:NEW", NEW, "env:OLD", OLD)::get);
    return new WebhookOutlet(settings, http, InstantSource.system());
  }

  @Override
  protected String path() {
    return "/hook";
  }

  @Override
  protected ResponseDefinitionBuilder accepted() {
    return aResponse().withStatus(200).withBody("{\"externalReference\":\"T-17\"}");
  }

  @Override
  protected String textIn(LoggedRequest request) {
    return json(request.getBodyAsString().replace("'", "’"))
        .path("data")
        .path("reasonDetails")
        .asText();
  }

  @Override
  protected String markerIn(LoggedRequest request) {
    return request.getHeader("webhook-id");
  }

  @Override
  protected List<String> secrets() {
    return List.of(OLD.substring(6), NEW.substring(6));
  }

  @Test
  void the_formats_own_library_verifies_a_message_with_either_secret() throws Exception {
    answering(accepted());
    attempt(dispatch().build());
    var request = taken().getFirst();
    var headers =
        Map.of(
            "webhook-id", List.of(request.getHeader("webhook-id")),
            "webhook-timestamp", List.of(request.getHeader("webhook-timestamp")),
            "webhook-signature", List.of(request.getHeader("webhook-signature")));
    for (var secret : List.of(OLD, NEW)) {
      new Webhook(secret).verify(request.getBodyAsString(), headers);
    }
  }

  @Test
  void every_attempt_sends_the_same_body_under_a_signature_of_its_own_time() {
    answering(aResponse().withStatus(503));
    var body = WebhookMessage.of(dispatch().build());
    for (int attempt = 1; attempt <= 2; attempt++) {
      attempt(dispatch().attempt(attempt).build());
    }
    assertThat(taken())
        .hasSize(2)
        .allSatisfy(request -> {
          assertThat(request.getBodyAsString()).isEqualTo(body);
          assertThat(Long.parseLong(request.getHeader("webhook-timestamp")))
              .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(5L));
        });
  }

  @Test
  void the_attributes_of_cloud_events_and_the_trace_stand_beside_the_message() {
    answering(accepted());
    var dispatch = dispatch().under(TRACE).build();
    attempt(dispatch);
    var request = taken().getFirst();
    assertThat(request.getHeader("ce-specversion")).isEqualTo("1.0");
    assertThat(request.getHeader("ce-id")).isEqualTo(dispatch.id().toString());
    assertThat(request.getHeader("ce-source")).isEqualTo("/signalbox");
    assertThat(request.getHeader("ce-type")).isEqualTo("exception.dispatched");
    assertThat(request.getHeader("ce-time")).isEqualTo("2026-03-02T10:00:00Z");
    assertThat(request.getHeader("ce-subject")).isEqualTo(dispatch.exception().id().toString());
    assertThat(request.getHeader("traceparent")).isEqualTo(TRACE);
    assertThat(request.getHeader("content-type")).isEqualTo("application/json");
  }

  @Test
  void a_trace_that_is_no_trace_is_left_out() {
    answering(accepted());
    attempt(dispatch().under("x\r\nwebhook-id: forged").build());
    assertThat(taken().getFirst().getHeader("traceparent")).isNull();
  }

  @Test
  void the_reference_in_the_answer_is_adopted() {
    answering(accepted());
    assertThat(attempt(dispatch().build())).isEqualTo(new Delivered("T-17", false));
  }

  @Test
  void an_answer_without_a_usable_reference_is_delivered_all_the_same() {
    for (var body :
        List.of(
            "",
            "ok",
            "[]",
            "{}",
            "{\"externalReference\":7}",
            "{\"externalReference\":\" \"}",
            "{\"externalReference\":\"" + "x".repeat(201) + "\"}",
            "{\"externalReference\":\"a\\nb\"}",
            "[".repeat(10_000))) {
      answering(aResponse().withStatus(202).withBody(body));
      assertThat(attempt(dispatch().build())).isEqualTo(new Delivered(null, false));
    }
  }

  @Test
  void a_body_that_breaks_off_after_a_2xx_was_delivered() {
    answering(aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    assertThat(attempt(dispatch().build())).isEqualTo(new Delivered(null, false));
  }

  @Test
  void a_private_address_is_not_called_unless_allowed() {
    answering(accepted());
    var settings =
        WebhookSettings.from(
            new TargetName("partner"),
            json("{'url': '%s/hook', 'secrets': 'env:NEW'}".formatted(address())),
            Map.of("env:NEW", NEW)::get);
    assertThat(
            new WebhookOutlet(settings, http, InstantSource.system())
                .attempt(dispatch().build(), Instant.now().plusSeconds(5)))
        .isEqualTo(
            new Attempt.TargetDown(
                "The webhook partner: 127.0.0.1 is at 127.0.0.1, which is not a public address;"
                    + " maybe add it to allowedNetworks."));
    assertThat(taken()).isEmpty();
  }
}
