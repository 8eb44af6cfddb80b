package dev.signalbox.adapters.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.HttpOutcome.Answered;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.adapters.http.RetryAfter;
import dev.signalbox.adapters.http.Statuses;
import dev.signalbox.outside.Attempt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JIRA answers, in words of ours. */
final class JiraAnswer {
  static final String WHO = "JIRA";

  private static final int KEY_MAX = 255;
  private static final int ERRORS_MAX = 500;

  /** Without a word from JIRA: buckets refill within seconds, quotas every hour. */
  private static final Duration BUCKET = Duration.ofSeconds(2);

  private static final Duration QUOTA = Duration.ofMinutes(10);

  private JiraAnswer() {}

  /** The key of the issue that was created; null when the answer does not say it. */
  static @Nullable String key(Answered answered) {
    var answer = OutsideJson.object(answered.body());
    return answer == null ? null : OutsideJson.word(answer, "key", KEY_MAX);
  }

  /** The keys that a search found, in its order; null when the answer is no search's. */
  static @Nullable List<String> keys(Answered answered) {
    var answer = OutsideJson.object(answered.body());
    if (answer == null || !answer.path("issues").isArray()) {
      return null;
    }
    var keys = new ArrayList<String>();
    for (var issue : answer.path("issues")) {
      var key = OutsideJson.word(issue, "key", KEY_MAX);
      if (key == null) {
        return null;
      }
      keys.add(key);
    }
    return keys;
  }

  /** The attempt that an answer other than a 2xx means. */
  static Attempt refusal(Answered answered, Instant now) {
    return switch (answered.status()) {
      case 400 ->
          new Attempt.RejectedByTarget("JIRA answered 400: %s.".formatted(errors(answered)));
      case 429 -> limited(answered, now);
      default -> Statuses.attempt(WHO, answered, now);
    };
  }

  private static Attempt limited(Answered answered, Instant now) {
    var reason = answered.headers().get("ratelimit-reason");
    var wait = RetryAfter.parse(answered.headers().get("retry-after"), now);
    if (wait == null) {
      wait = untilReset(answered.headers().get("x-ratelimit-reset"), now);
    }
    if (wait == null && reason != null) {
      wait = reason.startsWith("jira-quota") ? QUOTA : BUCKET;
    }
    return new Attempt.RetryLater(
        reason == null
            ? "JIRA answered 429."
            : "JIRA answered 429: %s.".formatted(ReadableText.line(reason, ERRORS_MAX)),
        wait);
  }

  private static @Nullable Duration untilReset(@Nullable String at, Instant now) {
    if (at == null) {
      return null;
    }
    try {
      return RetryAfter.until(OffsetDateTime.parse(at).toInstant(), now);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String errors(Answered answered) {
    var answer = OutsideJson.object(answered.body());
    var errors = new ArrayList<String>();
    if (answer != null) {
      for (JsonNode message : answer.path("errorMessages")) {
        errors.add(message.asText());
      }
      answer
          .path("errors")
          .properties()
          .forEach(field -> errors.add(field.getKey() + ": " + field.getValue().asText()));
    }
    var text = ReadableText.line(String.join("; ", errors), ERRORS_MAX);
    if (text.isEmpty()) {
      return "it does not say why";
    }
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
