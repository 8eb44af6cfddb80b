package dev.signalbox.adapters.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signalbox.adapters.identity.OidcSettings.Claims;
import dev.signalbox.outside.TokenReader.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens while their provider cannot be reached; how it is read otherwise is shown with a node. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OidcTokensTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  private static OidcSettings settings(String issuer, @Nullable String keys) {
    return new OidcSettings(
        URI.create(issuer),
        "signalbox",
        keys == null ? null : URI.create(keys),
        new Claims("sub", "roles", null, null, null),
        Duration.ofMinutes(1));
  }

  private static String token() throws Exception {
    var key = new ECKeyGenerator(Curve.P_256).keyID("k-1").generate();
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k-1").build(),
            new JWTClaimsSet.Builder().subject("ann").build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = NOBODY + "/keys")
  void while_its_keys_were_never_had_nobody_says_that_a_token_is_wrong(@Nullable String keys)
      throws Exception {
    var tokens = new OidcTokens(settings(NOBODY, keys), InstantSource.system());
    var token = token();

    for (int i = 0; i < 4; i++) {
      assertThat(tokens.read(token)).isInstanceOf(Reading.Away.class);
    }
    assertThat(tokens.read("ey.ey.ey")).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void an_address_that_could_be_anybodys_is_refused() {
    for (var address : new String[] {"http://login.example.org", "ftp://localhost", "login"}) {
      assertThatThrownBy(() -> settings(address, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must begin with https://");
    }
  }
}
