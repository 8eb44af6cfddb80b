package dev.signalbox.ops.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.signalbox.access.Access;
import dev.signalbox.access.Role;
import dev.signalbox.adapters.identity.OidcSettings;
import dev.signalbox.ops.settings.IdentitySettings;
import dev.signalbox.ops.standin.StandInIdentity;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People come in with the tokens that their identity provider signs, and with no others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeopleIT {
  private static final OidcSettings.Claims CLAIMS =
      new OidcSettings.Claims("sub", "roles", null, null, null);

  @TempDir private Path data;
  private final StandInIdentity identity = new StandInIdentity();
  private final TestPostgres postgres = TestPostgres.freshDatabase();
  private Node node;

  @BeforeEach
  void start() {
    node = node(Map.of());
  }

  private Node node(Map<String, Role> roles) {
    return node(roles, CLAIMS);
  }

  private Node node(Map<String, Role> roles, OidcSettings.Claims claims) {
    var provider =
        new OidcSettings(
            URI.create(identity.issuer()),
            StandInIdentity.AUDIENCE,
            null,
            claims,
            Duration.ofMinutes(1));
    return Node.start(
        LiveBox.settings(postgres, Access.newKey(), data, Map.of())
            .lettingIn(new IdentitySettings(provider, roles)));
  }

  @AfterEach
  void stop() {
    node.close();
    postgres.close();
    identity.close();
  }

  private HttpResponse<String> lists(String token) {
    return new Api(node.url(), token).get("/v1/exceptions");
  }

  private HttpResponse<String> seesKeys(String token) {
    return new Api(node.url(), token).get("/v1/keys");
  }

  private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return identity.token("ann", change);
  }

  private void refused(String token, String why) {
    var answer = lists(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(Api.json(answer).path("detail").asText()).contains(why);
  }

  @Test
  void a_token_lets_a_person_in_with_the_roles_that_it_says() {
    assertThat(lists(identity.token("ann")).statusCode()).isEqualTo(200);
    assertThat(seesKeys(identity.token("ann")).statusCode()).isEqualTo(403);
    assertThat(Api.json(seesKeys(identity.token("ann"))).path("detail").asText())
        .isEqualTo("\"ann\" is analyst here; this needs one of admin.");
    var both = token(claims -> claims.claim("roles", List.of("approver", "Admin", "dancer")));
    assertThat(seesKeys(both).statusCode()).isEqualTo(200);
    var nothing = token(claims -> claims.claim("roles", List.of("dancer")));
    assertThat(Api.json(lists(nothing)).path("detail").asText())
        .startsWith("\"ann\" is nothing here; this needs one of admin, analyst,");
  }

  @Test
  void a_token_that_says_less_or_something_else_lets_nobody_in() {
    var now = Instant.now();
    refused(token(claims -> claims.issuer("https://elsewhere.example.org")), "iss");
    refused(token(claims -> claims.audience("payroll")), "aud");
    refused(token(claims -> claims.subject(null)), "sub");
    refused(token(claims -> claims.expirationTime(null)), "exp");
    refused(token(claims -> claims.expirationTime(Date.from(now.minusSeconds(61)))), "xpired");
    refused(token(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(120)))), "before");
    refused(token(claims -> claims.subject("ann\u0000")), "is no name");
    var within = token(claims -> claims.expirationTime(Date.from(now.minusSeconds(30))));
    assertThat(lists(within).statusCode()).isEqualTo(200);
  }

  @Test
  void a_token_that_the_provider_did_not_sign_lets_nobody_in() {
    var good = identity.token("ann");
    var parts = good.split("\\.", -1);
    refused(
        parts[0] + "." + base64("{\"sub\":\"ann\",\"roles\":[\"admin\"]}") + "." + parts[2],
        "not signed");
    refused(base64("{\"alg\":\"none\"}") + "." + parts[1] + ".", "no signed JWT");
    refused(base64("{\"alg\":\"HS256\"}") + "." + parts[1] + "." + parts[2], "not signed");
    try (var other = new StandInIdentity()) {
      refused(other.token("ann", claims -> claims.issuer(identity.issuer())), "not signed");
    }
    refused("eyJ.eyJ.e", "no signed JWT");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void a_new_key_of_the_provider_counts_at_once_and_an_outage_stops_nobody() {
    var before = identity.token("ann");
    assertThat(lists(before).statusCode()).isEqualTo(200);

    identity.rotate();
    assertThat(lists(identity.token("sue")).statusCode()).isEqualTo(200);

    var later = identity.token("ben");
    identity.close();
    assertThat(lists(later).statusCode()).isEqualTo(200);
  }

  @Test
  void while_nobody_knows_the_keys_a_caller_is_told_to_come_back() {
    var token = identity.token("ann");
    identity.close();

    var answer = lists(token);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(new Api(node.url(), "sbx_nobody").get("/v1/exceptions").statusCode()).isEqualTo(401);
  }

  @Test
  void a_mapping_of_roles_is_all_that_counts() {
    node.close();
    node = node(Map.of("Recon Seniors", Role.SENIOR));

    var senior = token(claims -> claims.claim("roles", List.of("recon seniors")));
    assertThat(lists(senior).statusCode()).isEqualTo(200);
    var own = token(claims -> claims.claim("roles", List.of("admin")));
    assertThat(lists(own).statusCode()).isEqualTo(403);
  }

  @Test
  void a_person_reaches_the_contexts_of_the_token_and_none_where_it_says_none() {
    node.close();
    node = node(Map.of(), new OidcSettings.Claims("sub", "roles", "books.contexts", null, null));
    var admin = token(c -> c.claim("roles", "admin").claim("books", Map.of("contexts", "*")));
    var id = new Api(node.url(), admin).reported(LiveBox.report("in-sight"));
    var path = "/v1/exceptions/" + id;

    var reaching = token(c -> c.claim("books", Map.of("contexts", List.of("default", "x"))));
    assertThat(new Api(node.url(), reaching).get(path).statusCode()).isEqualTo(200);
    var other = token(c -> c.claim("books", Map.of("contexts", List.of("x"))));
    assertThat(new Api(node.url(), other).get(path).statusCode()).isEqualTo(404);
    assertThat(new Api(node.url(), identity.token("ann")).get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void what_a_person_does_is_in_the_journal_under_the_persons_name() {
    var api = new Api(node.url(), token(claims -> claims.claim("roles", List.of("admin"))));
    var id = api.reported(LiveBox.report("by-ann"));

    var first = Api.json(api.get("/v1/exceptions/" + id + "/history")).path("items").get(0);
    assertThat(first.toString()).contains("ann");
  }
}
