package dev.signalbox.adapters.webhook;

import static dev.signalbox.adapters.TestSettings.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.adapters.settings.BadSettings;
import dev.signalbox.adapters.settings.SecretReferences;
import dev.signalbox.exceptions.TargetName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WebhookSettingsTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static WebhookSettings settings(String text) {
    return WebhookSettings.from(
        new TargetName("partner"),
        json(text),
        SecretReferences.in(Map.of("HOOK", SECRET, "SHORT", "whsec_AAAA", "EMPTY", "")));
  }

  @Test
  void an_address_and_a_secret_are_enough() {
    var settings = settings("{'url': 'https://example.com/hook?x=1', 'secrets': 'env:HOOK'}");
    assertThat(settings.url()).isEqualTo(URI.create("https://example.com/hook?x=1"));
    assertThat(settings.keys()).hasSize(1);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.answerWithin()).isNull();
    assertThat(settings.source()).isEqualTo("/signalbox");
  }

  @Test
  void all_can_be_said() {
    var settings =
        settings(
            """
            {'kind': 'webhook', 'url': 'https://example.com', 'secrets': ['env:HOOK', 'env:HOOK'],
             'timeout': '500ms', 'answerWithin': '5d', 'source': '/box/eu',
             'allowedNetworks': ['10.0.0.0/8', 'hooks.example.internal']}
            """);
    assertThat(settings.keys()).hasSize(2);
    assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.answerWithin()).isEqualTo(Duration.ofDays(5));
    assertThat(settings.source()).isEqualTo("/box/eu");
  }

  @Test
  void a_secret_may_be_in_a_file(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    var settings = settings("{'url': 'https://example.com', 'secrets': 'file:%s'}".formatted(file));
    assertThat(settings.keys()).hasSize(1);
  }

  @Test
  void settings_do_not_show_their_secrets() {
    assertThat(settings("{'url': 'https://example.com', 'secrets': 'env:HOOK'}").toString())
        .doesNotContain(SECRET.substring(6));
  }

  static Stream<Arguments> mistakes() {
    var url = "url is \"%s\", which is no http or https address without user and fragment.";
    return Stream.of(
        arguments("'kind': 'webhook'", "url is missing."),
        arguments("'url': 7", url.formatted("7")),
        arguments("'url': 'ftp://x'", url.formatted("ftp://x")),
        arguments("'url': 'http://a b'", url.formatted("http://a b")),
        arguments("'url': 'http://0x7f.1'", url.formatted("http://0x7f.1")),
        arguments("'url': 'https://u:p@x'", url.formatted("https://u:p@x")),
        arguments("'url': []", "url is of the kind ARRAY; it must be a text."),
        arguments("'url': ' '", "url is empty; it must be a text."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void what_is_wrong_is_said_with_its_place(String fields, String error) {
    assertThatThrownBy(() -> settings("{'secrets': 'env:HOOK', " + fields + "}"))
        .isInstanceOf(BadSettings.class)
        .hasMessage("targets.partner." + error);
  }

  @Test
  void all_that_is_wrong_is_said_at_once_and_unknown_fields_with_the_nearest_one() {
    var text =
        "{'urls': 'https://x', 'colour': 'red', 'secrets': 'env:NONE', 'timeout': 'soon',"
            + " 'source': 'a b', 'answerWithin': 'never', 'allowedNetworks': [[]],"
            + " 'trustedCertificates': '/no'}";
    assertThatThrownBy(() -> settings(text))
        .isInstanceOfSatisfying(
            BadSettings.class,
            bad ->
                assertThat(bad.problems())
                    .startsWith(
                        "There is no setting \"targets.partner.urls\". Maybe"
                            + " \"targets.partner.url\".",
                        "There is no setting \"targets.partner.colour\"; there are"
                            + " allowedNetworks, answerWithin, kind, secrets, source, timeout,"
                            + " trustedCertificates, url.",
                        "targets.partner.url is missing.")
                    .extracting(problem -> problem.replaceAll("^.*?partner\\.(\\w+).*", "$1"))
                    .containsExactly(
                        "urls",
                        "colour",
                        "url",
                        "secrets",
                        "timeout",
                        "answerWithin",
                        "source",
                        "allowedNetworks",
                        "trustedCertificates"));
  }

  static Stream<Arguments> mistakesBesideTheAddress() {
    return Stream.of(
        arguments("'timeout': '15s'", "secrets is missing; messages are signed with it."),
        arguments("'secrets': []", "secrets is missing; messages are signed with it."),
        arguments(
            "'secrets': ['whsec_AAA']",
            "secrets holds a secret itself; write env:NAME or file:PATH, and keep the secret"
                + " there."),
        arguments("'secrets': 'env:NONE'", "secrets refers to env:NONE, where there is nothing."),
        arguments("'secrets': 'env:EMPTY'", "secrets refers to env:EMPTY, where there is nothing."),
        arguments("'secrets': 'file:/no'", "secrets refers to file:/no, where there is nothing."),
        arguments(
            "'secrets': 'env:SHORT'",
            "secrets has an entry that is not whsec_ and 24 to 64 random bytes in base64."));
  }

  @ParameterizedTest
  @MethodSource("mistakesBesideTheAddress")
  void what_is_wrong_with_secrets_is_said(String fields, String error) {
    assertThatThrownBy(() -> settings("{'url': 'https://x', " + fields + "}"))
        .isInstanceOf(BadSettings.class)
        .hasMessage("targets.partner." + error);
  }

  static Stream<Arguments> mistakesElsewhere() {
    return Stream.of(
        arguments(
            "'timeout': '15'",
            "timeout is \"15\"; it must be a positive duration such as 500ms, 15s, 2m, 24h or"
                + " 5d."),
        arguments("'source': 'a b'", "source is \"a b\"; it must be visible ASCII."),
        arguments(
            "'allowedNetworks': '10.0.0.0/99'",
            "allowedNetworks has an entry that cannot be used: \"10.0.0.0/99\" is no address,"
                + " block of addresses such as 10.0.0.0/8, or name of a host."),
        arguments(
            "'trustedCertificates': '/no'",
            "trustedCertificates names the file /no, which cannot be read."));
  }

  @ParameterizedTest
  @MethodSource("mistakesElsewhere")
  void what_is_wrong_with_the_rest_is_said(String fields, String error) {
    assertThatThrownBy(
            () -> settings("{'url': 'https://x', 'secrets': 'env:HOOK', " + fields + "}"))
        .isInstanceOf(BadSettings.class)
        .hasMessage("targets.partner." + error);
  }
}
