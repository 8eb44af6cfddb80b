package dev.signalbox.adapters.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.adapters.settings.Secret;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.Callback.Verdict;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.outside.CallbackReader;
import dev.signalbox.outside.CallbackReading.Answer;
import dev.signalbox.outside.CallbackReading.Forged;
import dev.signalbox.outside.CallbackReading.Ignored;
import dev.signalbox.outside.CallbackReading.Malformed;
import dev.signalbox.testkit.CallbackContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JiraCallbacksTest extends CallbackContract {
  private static final String SECRETS = "'webhookSecrets': ['env:SECRET', 'env:NEXT'],";

  private String settings = SECRETS;

  @Override
  protected CallbackReader reader() {
    return new JiraCallbacks(TestJira.settings("https://acme.atlassian.net", settings));
  }

  @Override
  protected String secret() {
    return TestJira.SECRET;
  }

  @Override
  protected String nextSecret() {
    return TestJira.NEXT_SECRET;
  }

  @Override
  protected String unknownSecret() {
    return "guessed";
  }

  @Override
  protected Map<String, String> signed(String secret, byte[] body, Instant at) {
    return Map.of(
        "x-hub-signature",
        HubSignature.of(new Secret(secret), body),
        "x-atlassian-webhook-identifier",
        "7d1b3f0c");
  }

  @Override
  protected String resolving(CaseId id, Instant at) {
    return updated(id, at, "Done", "done", "'name': 'Done'");
  }

  private static String updated(
      CaseId id, Instant at, String status, String category, String resolution) {
    return """
    {'timestamp': %d, 'webhookEvent': 'jira:issue_updated',
     'issue_event_type_name': 'issue_generic',
     'user': {'accountId': '5b10', 'displayName': 'Ana'},
     'issue': {'id': '10000', 'key': 'REC-24', 'fields': {
       'labels': ['urgent', 'signalbox', 'signalbox-case-%s'],
       'status': {'name': '%s', 'statusCategory': {'key': '%s'}},
       'resolution': {%s}}},
     'changelog': {'id': '1', 'items': [
       {'field': 'resolution', 'from': null, 'toString': 'x'},
       {'field': 'status', 'fieldId': 'status', 'from': '3', 'fromString': 'To Do',
        'to': '5', 'toString': '%s'}]},
     'comment': {'body': 'Paid\\ntwice.'}}
    """
        .formatted(at.toEpochMilli(), id, status, category, resolution, status)
        .replace('\'', '"')
        .replace('`', '\'');
  }

  /** The example of Atlassian's page on webhooks. */
  @Test
  void the_published_signature_comes_out() {
    assertThat(
            HubSignature.of(
                new Secret("It's a Secret to Everybody"),
                "Hello World!".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
  }

  @Test
  void an_answer_is_read_whole() {
    assertThat(read(resolving(CASE, NOW)))
        .isEqualTo(
            new Answer(
                "7d1b3f0c",
                CASE,
                new Callback(
                    "JIRA", "REC-24", Verdict.RESOLVED, "Done", "Paid\ntwice.", null, NOW)));
  }

  @ParameterizedTest
  @CsvSource({
    "Done, done, , RESOLVED",
    "Erledigt, done, Fertig, RESOLVED",
    "closed, , , RESOLVED",
    "Done, done, Won`t Do, REOPENED",
    "Done, done, WON’T FIX, REOPENED",
    "Won`t Do, done, , REOPENED",
    "Open, new, , REOPENED",
    "To Do, new, , PROGRESS",
    "In Progress, indeterminate, , PROGRESS",
    "Blocked, , , PROGRESS"
  })
  void a_status_asks_for(String status, String category, String resolution, Verdict verdict) {
    var name = resolution == null ? "" : "'name': '" + resolution + "'";
    assertThat(read(updated(CASE, NOW, status, category == null ? "" : category, name)))
        .isInstanceOfSatisfying(
            Answer.class, answer -> assertThat(answer.callback().verdict()).isEqualTo(verdict));
  }

  @Test
  void statuses_are_what_the_settings_say() {
    settings = SECRETS + "'resolvedStatuses': ['Gebucht'], 'reopenedStatuses': 'Zurück',";
    for (var status : List.of("Gebucht", "Zurück", "Done")) {
      assertThat(read(updated(CASE, NOW, status, "indeterminate", "")))
          .isInstanceOfSatisfying(
              Answer.class,
              answer ->
                  assertThat(answer.callback().verdict())
                      .isEqualTo(
                          switch (status) {
                            case "Gebucht" -> Verdict.RESOLVED;
                            case "Zurück" -> Verdict.REOPENED;
                            default -> Verdict.PROGRESS;
                          }));
    }
  }

  private static String event(String type, String more) {
    return """
    {'timestamp': %d, 'webhookEvent': '%s', 'issue': {'key': 'REC-24', 'fields': {
       'labels': ['signalbox-case-%s'], 'status': {'name': 'Done',
       'statusCategory': {'key': 'done'}}}} %s}
    """
        .formatted(NOW.toEpochMilli(), type, CASE, more)
        .replace('\'', '"');
  }

  @Test
  void an_edit_of_an_issue_that_is_done_changes_nothing() {
    var edit = ", 'changelog': {'items': [{'field': 'labels', 'toString': 'x'}]}";
    assertThat(read(event("jira:issue_updated", edit)))
        .isEqualTo(new Ignored("The change is none that is followed."));
    assertThat(read(event("jira:issue_updated", "")))
        .isEqualTo(new Ignored("The change is none that is followed."));
  }

  @Test
  void a_deleted_issue_brings_the_exception_back() {
    assertThat(read(event("jira:issue_deleted", "")))
        .isEqualTo(
            new Answer(
                "7d1b3f0c",
                CASE,
                new Callback("JIRA", "REC-24", Verdict.REOPENED, "DELETED", null, null, NOW)));
  }

  @Test
  void a_new_assignee_brings_it_back_only_where_configured() {
    var assigned =
        event(
            "jira:issue_updated",
            ", 'changelog': {'items': [{'field': 'assignee', 'to': '5b10', 'toString': 'Ana'}]}");
    assertThat(read(assigned)).isInstanceOf(Ignored.class);
    settings = SECRETS + "'assigneeComesBack': true,";
    assertThat(read(assigned))
        .isEqualTo(
            new Answer(
                "7d1b3f0c",
                CASE,
                new Callback("JIRA", "REC-24", Verdict.ASSIGNED, "ASSIGNED", null, "Ana", NOW)));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments(
            event("comment_created", ""),
            new Ignored("Events of the type comment_created are not followed.")),
        arguments(
            event("jira:issue_deleted", "").replace("signalbox-case", "x"),
            new Ignored("The issue REC-24 has no label of an exception.")),
        arguments(
            event("jira:issue_deleted", "").replace(CASE.toString(), "R-1"),
            new Ignored("The issue REC-24 has no label of an exception.")),
        arguments(
            event("jira:issue_deleted", "").replace("\"key\": \"REC-24\"", "\"key\": 7"),
            new Malformed("The event has no issue.key.")),
        arguments(
            event("jira:issue_deleted", "").replace("webhookEvent", "event"),
            new Malformed("The body has no webhookEvent.")),
        arguments(
            event("jira:issue_deleted", "").replace("timestamp", "time"),
            new Malformed("The timestamp is not in milliseconds since 1970.")));
  }

  @ParameterizedTest
  @MethodSource("others")
  void everything_else_is_told_apart(String body, Object reading) {
    assertThat(read(body)).isEqualTo(reading);
  }

  @Test
  void a_message_counts_for_a_day() {
    for (var age : List.of(Duration.ofHours(24), Duration.ZERO, Duration.ofMinutes(-10))) {
      assertThat(read(resolving(CASE, NOW.minus(age)))).isInstanceOf(Answer.class);
    }
    for (var age : List.of(Duration.ofHours(24).plusMillis(1), Duration.ofMinutes(-11))) {
      assertThat(read(resolving(CASE, NOW.minus(age))))
          .isEqualTo(new Forged("The timestamp is more than a day ago, or ahead of its time."));
    }
  }

  @Test
  void another_method_of_signing_is_a_forgery() {
    var body = resolving(CASE, NOW).getBytes(StandardCharsets.UTF_8);
    var right = HubSignature.of(new Secret(secret()), body);
    for (var header : List.of("sha1=" + right.substring(7), right.substring(7), "sha512=00")) {
      assertThat(reader().read(Map.of("x-hub-signature", header), body, NOW))
          .isEqualTo(new Forged("The X-Hub-Signature is wrong."));
    }
  }

  @Test
  void without_a_secret_everything_is_a_forgery() {
    settings = "";
    assertThat(read(resolving(CASE, NOW))).isInstanceOf(Forged.class);
  }

  @Test
  void without_an_identifier_the_body_is_its_own() {
    var body = resolving(CASE, NOW).getBytes(StandardCharsets.UTF_8);
    var headers = new HashMap<>(signed(secret(), body, NOW));
    headers.remove("x-atlassian-webhook-identifier");
    assertThat(reader().read(headers, body, NOW))
        .isInstanceOfSatisfying(
            Answer.class, answer -> assertThat(answer.messageId()).matches("sha256:[0-9a-f]{64}"));
  }
}
