package dev.signalbox.adapters.webhook;

import static dev.signalbox.adapters.TestSettings.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.adapters.settings.Secret;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.Callback.Verdict;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.CallbackReader;
import dev.signalbox.outside.CallbackReading.Answer;
import dev.signalbox.outside.CallbackReading.Forged;
import dev.signalbox.outside.CallbackReading.Ignored;
import dev.signalbox.outside.CallbackReading.Malformed;
import dev.signalbox.testkit.CallbackContract;
import dev.signalbox.testkit.Dispatches;
import dev.signalbox.testkit.Reports;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WebhookCallbacksTest extends CallbackContract {
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
  private static final String OTHER = "whsec_////////////////////////////////";

  private final WebhookSettings settings =
      WebhookSettings.from(
          new TargetName("partner"),
          json("{'url': 'https://example.com/hook', 'secrets': ['env:NEW', 'env:OLD']}"),
          Map.of("env:NEW", NEW, "env:OLD", OLD)::get);

  @Override
  protected CallbackReader reader() {
    return new WebhookCallbacks(settings);
  }

  @Override
  protected String secret() {
    return OLD;
  }

  @Override
  protected String nextSecret() {
    return NEW;
  }

  @Override
  protected String unknownSecret() {
    return OTHER;
  }

  @Override
  protected Map<String, String> signed(String secret, byte[] body, Instant at) {
    var timestamp = Long.toString(at.getEpochSecond());
    var key = WebhookKey.parse(new Secret(secret));
    return Map.of(
        "webhook-id",
        "msg_1",
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        WebhookSignature.of(List.of(key), "msg_1", timestamp, body));
  }

  @Override
  protected String resolving(CaseId id, Instant at) {
    return message("'exceptionId': '%s', 'status': 'RESOLVED'".formatted(id));
  }

  private static String message(String data) {
    return """
    {'type': 'exception.answered', 'timestamp': '2026-03-02T11:59:58+02:00', 'data': {%s}}\
    """
        .formatted(data)
        .replace('\'', '"');
  }

  @Test
  void an_answer_is_read_whole() {
    var body =
        message(
            """
            'exceptionId': '%s', 'externalReference': 'T-17', 'status': 'ASSIGNED',
            'notes': 'Paid\\ntwice.', 'assignee': 'ana', 'extra': 1\
            """
                .formatted(CASE));
    assertThat(read(body))
        .isEqualTo(
            new Answer(
                "msg_1",
                CASE,
                new Callback(
                    "partner",
                    "T-17",
                    Verdict.ASSIGNED,
                    "ASSIGNED",
                    "Paid\ntwice.",
                    "ana",
                    Instant.parse("2026-03-02T09:59:58Z"))));
  }

  @ParameterizedTest
  @CsvSource({"RESOLVED, RESOLVED", "REOPENED, REOPENED", "IN_PROGRESS, PROGRESS"})
  void a_status_asks_for(String status, Verdict verdict) {
    assertThat(read(message("'exceptionId': '%s', 'status': '%s'".formatted(CASE, status))))
        .isInstanceOfSatisfying(
            Answer.class, answer -> assertThat(answer.callback().verdict()).isEqualTo(verdict));
  }

  static Stream<Arguments> mistakes() {
    var id = "'exceptionId': '%s'".formatted(CASE);
    var noId = "data.exceptionId is not the id of an exception.";
    var noStatus = "data.status is not one of RESOLVED, REOPENED, ASSIGNED, IN_PROGRESS.";
    return Stream.of(
        arguments("'status': 'RESOLVED'", noId),
        arguments("'exceptionId': 'R-1', 'status': 'RESOLVED'", noId),
        arguments("'exceptionId': '1-1-1-1-1', 'status': 'RESOLVED'", noId),
        arguments(id, noStatus),
        arguments(id + ", 'status': 'resolved'", noStatus),
        arguments(id + ", 'status': 1e20000", noStatus),
        arguments(
            id + ", 'status': 'ASSIGNED'", "data.assignee is needed with the status ASSIGNED."),
        arguments(
            id + ", 'status': 'RESOLVED', 'notes': 7",
            "data.notes is no text of at most 4000 characters."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void what_is_missing_is_named(String data, String why) {
    assertThat(read(message(data))).isEqualTo(new Malformed(why));
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void a_timestamp_more_than_five_minutes_off_is_a_forgery(long seconds) {
    assertThat(read(OLD, resolving(CASE, NOW), NOW.plusSeconds(seconds)))
        .isEqualTo(new Forged("The webhook-timestamp is more than 5 minutes off."));
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void a_timestamp_five_minutes_off_counts(long seconds) {
    assertThat(read(OLD, resolving(CASE, NOW), NOW.plusSeconds(seconds)))
        .isInstanceOf(Answer.class);
  }

  @Test
  void our_own_message_sent_back_at_us_is_ignored() {
    var dispatch = Dispatches.of(Reports.report("R-1", NOW).build(), "partner").build();
    assertThat(read(WebhookMessage.of(dispatch)))
        .isEqualTo(new Ignored("Messages of the type exception.dispatched are not followed."));
  }
}
