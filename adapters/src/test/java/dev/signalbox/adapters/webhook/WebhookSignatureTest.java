package dev.signalbox.adapters.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import dev.signalbox.adapters.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WebhookSignatureTest {
  private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String TIMESTAMP = "1614265330";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static WebhookKey key(String secret) {
    return WebhookKey.parse(new Secret(secret));
  }

  /** The example in the tests of the Standard Webhooks libraries. */
  @ParameterizedTest
  @ValueSource(strings = {SECRET, "whsec_" + SECRET, "whsec_" + SECRET + "\n"})
  void the_published_example_comes_out(String secret) {
    assertThat(WebhookSignature.of(List.of(key(secret)), ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void the_formats_own_library_says_the_same() throws Exception {
    var body = "{\"text\":\"Söhne 💶\"}";
    assertThat(
            WebhookSignature.of(
                List.of(key(SECRET)), ID, TIMESTAMP, body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Webhook(SECRET).sign(ID, Long.parseLong(TIMESTAMP), body));
  }

  @Test
  void one_right_signature_among_others_is_enough() {
    var keys = List.of(key(SECRET));
    for (var header : List.of(SIGNATURE, "v1,bad " + SIGNATURE, "v1a,x  " + SIGNATURE + " v1,y")) {
      assertThat(WebhookSignature.matches(header, keys, ID, TIMESTAMP, BODY)).isTrue();
    }
  }

  @Test
  void a_signature_of_another_version_or_without_one_does_not_count() {
    var keys = List.of(key(SECRET));
    for (var header : List.of("", SIGNATURE.substring(3), "v1a" + SIGNATURE.substring(2), "v1,")) {
      assertThat(WebhookSignature.matches(header, keys, ID, TIMESTAMP, BODY)).isFalse();
    }
  }

  @Test
  void a_thousand_signatures_are_not_all_tried() {
    var header = "v1,bad ".repeat(1_000) + SIGNATURE;
    assertThat(WebhookSignature.matches(header, List.of(key(SECRET)), ID, TIMESTAMP, BODY))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all!", "whsk_AAAA"})
  void a_secret_that_is_none_is_refused_and_not_shown(String secret) {
    assertThatThrownBy(() -> key(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not whsec_ and 24 to 64 random bytes in base64")
        .hasNoCause();
  }

  @Test
  void an_empty_secret_is_refused() {
    assertThatThrownBy(() -> new Secret(" ")).hasMessage("A secret must not be empty.");
  }

  @Test
  void a_key_does_not_show_itself() {
    assertThat(key(SECRET)).hasToString("(secret)");
    assertThat(new Secret(SECRET)).hasToString("(secret)");
  }
}
