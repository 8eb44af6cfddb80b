package dev.signalbox.adapters.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.adapters.settings.BadSettings;
import dev.signalbox.exceptions.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JiraSettingsTest {

  @Test
  void an_address_a_token_and_a_project_are_enough() {
    var settings = TestJira.settings("https://acme.atlassian.net/", "");
    assertThat(settings.at("/rest")).isEqualTo(URI.create("https://acme.atlassian.net/rest"));
    assertThat(settings.issueType()).isEqualTo("Task");
    assertThat(settings.priorities()).containsEntry(Severity.CRITICAL, "Highest");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.settleWindow()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.answerWithin()).isNull();
    assertThat(settings.webhookSecrets()).isEmpty();
  }

  @Test
  void all_can_be_said() {
    var settings =
        TestJira.settings(
            "https://jira.example.com/jira",
            """
            'kind': 'jira', 'email': 'a@b', 'issueType': 'Bug', 'priorities': {'high': 'P1'},
            'dueDates': false, 'webhookSecrets': 'env:SECRET', 'timeout': '5s',
            'answerWithin': '3d', 'settleWindow': '2m', 'resolvedStatuses': ['A'],
            'reopenedStatuses': ['B'], 'assigneeComesBack': true,
            """);
    assertThat(settings.at("/rest")).isEqualTo(URI.create("https://jira.example.com/jira/rest"));
    assertThat(settings.priorities()).isEqualTo(Map.of(Severity.HIGH, "P1"));
    assertThat(settings.answerWithin()).isEqualTo(Duration.ofDays(3));
    assertThat(settings.settleWindow()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.webhookSecrets()).hasSize(1);
  }

  @Test
  void settings_do_not_show_their_secrets() {
    assertThat(TestJira.settings("https://x", "'webhookSecrets': 'env:SECRET',").toString())
        .doesNotContain(TestJira.TOKEN, TestJira.SECRET);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "'priorities': {'URGENT': 'x'},",
            "priorities names the severity URGENT; there is CRITICAL, HIGH, MEDIUM, LOW."),
        arguments("'priorities': 'High',", "priorities is STRING; it must be a table of words."),
        arguments("'dueDates': 'no',", "dueDates is \"no\"; it must be true or false."),
        arguments(
            "'webhookSecrets': 'env:EMPTY',",
            "webhookSecrets refers to env:EMPTY, where there is nothing."),
        arguments(
            "'reopenedStatuses': ['DONE'],",
            "reopenedStatuses has \"done\", and so has resolvedStatuses."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void what_is_wrong_is_said_with_its_place(String fields, String error) {
    assertThatThrownBy(() -> TestJira.settings("https://x", fields))
        .isInstanceOf(BadSettings.class)
        .hasMessage("targets.jira." + error);
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    var fields =
        "'projct': 'REC', 'email': [], 'issueType': [], 'priorities': {'URGENT': 'x'},"
            + " 'dueDates': 'no', 'webhookSecrets': 'env:EMPTY', 'resolvedStatuses': [[]],"
            + " 'reopenedStatuses': [[]], 'assigneeComesBack': 1, 'timeout': '1',"
            + " 'answerWithin': '1', 'settleWindow': '1',";
    assertThatThrownBy(() -> TestJira.settings("ftp://x", fields))
        .isInstanceOfSatisfying(
            BadSettings.class,
            bad ->
                assertThat(bad.problems())
                    .startsWith(
                        "There is no setting \"targets.jira.projct\". Maybe"
                            + " \"targets.jira.project\".")
                    .hasSize(13));
  }

  @Test
  void the_address_is_that_of_the_site() {
    assertThatThrownBy(() -> TestJira.settings("https://x?project=1", ""))
        .hasMessage(
            "targets.jira.url is \"https://x?project=1\", which has a query;"
                + " it is that of the site.");
  }
}
