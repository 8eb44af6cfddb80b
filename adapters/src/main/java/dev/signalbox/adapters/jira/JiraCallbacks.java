package dev.signalbox.adapters.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.outside.CallbackReader;
import dev.signalbox.outside.CallbackReading;
import dev.signalbox.outside.CallbackReading.Forged;
import dev.signalbox.outside.CallbackReading.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JIRA Cloud's webhooks, as an administrator registers them, with a secret. The signature
 * binds no time, so a message counts for a day by the time in its body, which is longer than JIRA
 * tries again; within it the message's identifier, the same on each retry, tells repeats.
 */
public final class JiraCallbacks implements CallbackReader {
  private static final int BYTES_MAX = 5 << 20;
  private static final int IDENTIFIER_MAX = 200;
  private static final Duration COUNTS_FOR = Duration.ofHours(24);
  private static final Duration AHEAD_MAX = Duration.ofMinutes(10);

  private final JiraSettings settings;

  public JiraCallbacks(JiraSettings settings) {
    this.settings = settings;
  }

  @Override
  public CallbackReading read(Map<String, String> headers, byte[] body, Instant now) {
    var signature = headers.get("x-hub-signature");
    if (signature == null) {
      return new Forged("The header X-Hub-Signature is needed.");
    }
    if (!HubSignature.matches(signature, settings.webhookSecrets(), body)) {
      return new Forged("The X-Hub-Signature is wrong.");
    }
    if (body.length > BYTES_MAX) {
      return new Malformed("The body is larger than %d bytes.".formatted(BYTES_MAX));
    }
    var event = OutsideJson.object(body);
    if (event == null) {
      return new Malformed("The body is no JSON object.");
    }
    return fresh(messageId(headers, body), event, now);
  }

  private CallbackReading fresh(String messageId, JsonNode event, Instant now) {
    var at = instant(event.path("timestamp"));
    if (at == null) {
      return new Malformed("The timestamp is not in milliseconds since 1970.");
    }
    if (at.isBefore(now.minus(COUNTS_FOR)) || at.isAfter(now.plus(AHEAD_MAX))) {
      return new Forged("The timestamp is more than a day ago, or ahead of its time.");
    }
    return new JiraEvent(messageId, event, at).read(settings.statuses());
  }

  private static @Nullable Instant instant(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Instant.ofEpochMilli(value.longValue())
        : null;
  }

  /** JIRA always sends an identifier; what is between may drop it, and the body serves as well. */
  private static String messageId(Map<String, String> headers, byte[] body) {
    var identifier = headers.get("x-atlassian-webhook-identifier");
    return identifier == null || identifier.isBlank() || identifier.length() > IDENTIFIER_MAX
        ? "sha256:" + Sha256.over(body)
        : identifier;
  }
}
