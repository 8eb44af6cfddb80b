package dev.signalbox.adapters.ledger;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.signalbox.adapters.TestSettings.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.settings.BadSettings;
import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Posting;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.Dispatches;
import dev.signalbox.testkit.OutletContract;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LedgerOutletIT extends OutletContract {
  private static final String TOKEN = "s3cr3t-of-the-ledger";
  private static final HoldId HOLD = HoldId.parse("0190a5c6-1f7e-8c31-9d53-6a0f1f2e3d4c");
  private static final Vertx VERTX = Vertx.vertx();

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
        LedgerSettings.from(
            json(
                """
                {'url': '%s/ledger/', 'token': 'env:TOKEN', 'allowedNetworks': '127.0.0.0/8'}
                """
                    .formatted(address)),
            Map.of("env:TOKEN", TOKEN)::get);
    return new LedgerOutlet(settings, http, InstantSource.system());
  }

  @Override
  protected Dispatches shaped(Dispatches plain) {
    var money = Money.of("12.50", "EUR");
    return plain.ordering(
        new LedgerOrder.Post(
            new Posting(
                plain.id(),
                List.of(
                    new Posting.Line("6800", Posting.Side.DEBIT, money),
                    new Posting.Line("1200", Posting.Side.CREDIT, money)),
                LocalDate.parse("2026-03-02"),
                "ADJUSTMENT BANK_FEE of it")));
  }

  @Override
  protected String path() {
    return "/ledger/postings";
  }

  @Override
  protected ResponseDefinitionBuilder accepted() {
    return aResponse().withStatus(201).withBody("{\"reference\":\"GL-17\"}");
  }

  @Override
  protected String textIn(LoggedRequest request) {
    return json(request.getBodyAsString().replace("'", "’")).path("reasonDetails").asText();
  }

  @Override
  protected String markerIn(LoggedRequest request) {
    return request.getHeader("idempotency-key");
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }

  @Test
  void the_posting_is_sent_line_by_line_under_its_key_and_the_ledgers_reference_comes_back() {
    answering(accepted());

    assertThat(attempt(dispatch().build())).isEqualTo(new Attempt.Delivered("GL-17", false));

    var request = taken().getFirst();
    assertThat(request.getHeader("authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(request.getHeader("idempotency-key")).isEqualTo(dispatch().id().toString());
    var body = json(request.getBodyAsString().replace("'", "’"));
    assertThat(body.path("effectiveOn").asText()).isEqualTo("2026-03-02");
    assertThat(body.path("lines").toString())
        .isEqualTo(
            "[{\"account\":\"6800\",\"side\":\"DEBIT\",\"amount\":\"12.50\",\"currency\":\"EUR\"},"
                + "{\"account\":\"1200\",\"side\":\"CREDIT\",\"amount\":\"12.50\",\"currency\":\"EUR\"}]");
  }

  @Test
  void a_key_that_was_used_before_is_a_posting_that_was_made_before() {
    answering(aResponse().withStatus(409).withBody("{\"reference\":\"GL-17\"}"));
    assertThat(attempt(dispatch().afterUnknownOutcome().build()))
        .isEqualTo(new Attempt.Delivered("GL-17", true));
  }

  @Test
  void a_ledger_that_posts_and_then_breaks_off_is_asked_again_under_the_same_key() {
    answering(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThat(attempt(dispatch().build())).isInstanceOf(Attempt.Unknown.class);
    answering(accepted());
    assertThat(attempt(dispatch().afterUnknownOutcome().build()))
        .isInstanceOf(Attempt.Delivered.class);
    assertThat(taken()).extracting(this::markerIn).hasSize(2).doesNotContainNull();
    assertThat(taken().getFirst().getBodyAsString()).isEqualTo(taken().getLast().getBodyAsString());
  }

  @Test
  void a_success_without_a_reference_is_unknown() {
    answering(aResponse().withStatus(200).withBody("<html>ok</html>"));
    assertThat(attempt(dispatch().build())).isInstanceOf(Attempt.Unknown.class);
  }

  @Test
  void after_a_doubt_only_the_ledger_itself_refuses() {
    answering(aResponse().withStatus(404));
    assertThat(attempt(dispatch().afterUnknownOutcome().build()))
        .isInstanceOf(Attempt.RetryLater.class);
    answering(aResponse().withStatus(422));
    assertThat(attempt(dispatch().afterUnknownOutcome().build()))
        .isInstanceOf(Attempt.RejectedByTarget.class);
  }

  @Test
  void holds_and_releases_have_a_place_of_their_own() {
    outside.stubFor(
        post(urlEqualTo("/ledger/holds")).atPriority(1).willReturn(aResponse().withStatus(204)));
    var scope = new Hold.Scope(Hold.Kind.GL_ACCOUNT, "1200");

    assertThat(attempt(dispatch().ordering(new LedgerOrder.Hold(HOLD, scope)).build()))
        .isInstanceOf(Attempt.Delivered.class);
    assertThat(attempt(dispatch().ordering(new LedgerOrder.Release(HOLD)).build()))
        .isInstanceOf(Attempt.Delivered.class);

    outside.verify(
        2,
        postRequestedFor(urlEqualTo("/ledger/holds"))
            .withHeader("authorization", equalTo("Bearer " + TOKEN)));
    assertThat(
            outside.findAll(postRequestedFor(urlEqualTo("/ledger/holds"))).stream()
                .map(request -> json(request.getBodyAsString()).path("action").asText()))
        .containsExactlyInAnyOrder("HOLD", "RELEASE");
  }

  @Test
  void an_exception_itself_is_nothing_for_a_ledger() {
    var plain = Dispatches.of(dispatch().report(), "ledger").build();
    assertThat(outlet(address()).attempt(plain, Instant.now().plusSeconds(5)))
        .isInstanceOf(Attempt.RejectedByTarget.class);
    assertThat(taken()).isEmpty();
  }

  @Test
  void all_that_is_wrong_with_the_settings_is_told_at_once() {
    assertThatThrownBy(() ->
            LedgerSettings.from(
                json("{'token': 'plain', 'tokn': 'x'}"), Map.<String, String>of()::get))
        .isInstanceOfSatisfying(
            BadSettings.class,
            wrong ->
                assertThat(wrong.problems())
                    .containsExactlyInAnyOrder(
                        "There is no setting \"ledger.tokn\". Maybe \"ledger.token\".",
                        "ledger.url is missing.",
                        "ledger.token holds a secret itself; write env:NAME or file:PATH, and keep"
                            + " the secret there."));
  }
}
