package dev.signalbox.ops.standin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A stand-in for an OpenID Connect provider. It really signs tokens and publishes its keys, and
 * believes whoever says who he is: {@code POST /token} with {@code person=ann}.
 */
public final class StandInIdentity implements AutoCloseable {
  /** For whom its tokens are. */
  public static final String AUDIENCE = "signalbox";

  /** Who works here, and as what. */
  public static final Map<String, List<String>> PEOPLE =
      Map.of(
          "ann", List.of("analyst"),
          "ben", List.of("analyst"),
          "sue", List.of("senior"),
          "cho", List.of("compliance"),
          "amy", List.of("approver"),
          "rob", List.of("rule-author"),
          "ada", List.of("auditor"),
          "oli", List.of("operator"));

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration GOOD = Duration.ofHours(1);

  private final HttpServer server;
  private volatile ECKey key = newKey();

  public StandInIdentity() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("A stand-in found no port.", e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/.well-known/openid-configuration", this::about);
    server.createContext("/keys", this::keys);
    server.createContext("/token", this::give);
    server.start();
  }

  /** What tokens have in {@code iss}. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Signs with a new key from now on; the old one is published no more. */
  public void rotate() {
    key = newKey();
  }

  /** A token of one of the people, for an hour. */
  public String token(String person) {
    return token(person, claims -> claims);
  }

  /** A token that says what a provider should not, or not yet. */
  public String token(String person, UnaryOperator<JWTClaimsSet.Builder> change) {
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(AUDIENCE)
            .subject(person)
            .claim("roles", PEOPLE.getOrDefault(person, List.of()))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(GOOD)));
    return signed(key, change.apply(claims).build());
  }

  private static String signed(ECKey with, JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(with.getKeyID()).build();
      var token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(with));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("A stand-in cannot sign.", e);
    }
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("A stand-in has no key.", e);
    }
  }

  private void about(HttpExchange exchange) throws IOException {
    try (exchange) {
      var about = JSON.createObjectNode().put("issuer", issuer());
      about.put("jwks_uri", issuer() + "/keys").put("token_endpoint", issuer() + "/token");
      StandIn.answer(exchange, 200, about.toString());
    }
  }

  private void keys(HttpExchange exchange) throws IOException {
    try (exchange) {
      StandIn.answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
    }
  }

  private void give(HttpExchange exchange) throws IOException {
    try (exchange) {
      var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var person = URLDecoder.decode(form.replaceFirst("^person=", ""), StandardCharsets.UTF_8);
      if (PEOPLE.containsKey(person)) {
        var answer = JSON.createObjectNode().put("access_token", token(person));
        answer.put("token_type", "Bearer").put("expires_in", GOOD.toSeconds());
        StandIn.answer(exchange, 200, answer.toString());
      } else {
        StandIn.answer(exchange, 400, "{\"error\":\"invalid_request\"}");
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
