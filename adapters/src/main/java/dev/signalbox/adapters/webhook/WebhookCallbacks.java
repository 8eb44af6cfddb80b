package dev.signalbox.adapters.webhook;

import dev.signalbox.outside.CallbackReader;
import dev.signalbox.outside.CallbackReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of a webhook's receiver, which are Standard Webhooks like our own messages,
 * signed with the same secrets. Our own message sent back at us is of another type and ignored.
 */
public final class WebhookCallbacks implements CallbackReader {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Pattern ID = Pattern.compile("[!-~&&[^.]]{1,200}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

  private final WebhookSettings settings;

  public WebhookCallbacks(WebhookSettings settings) {
    this.settings = settings;
  }

  @Override
  public CallbackReading read(Map<String, String> headers, byte[] body, Instant now) {
    var id = headers.get("webhook-id");
    var timestamp = headers.get("webhook-timestamp");
    var signature = headers.get("webhook-signature");
    if (id == null || timestamp == null || signature == null) {
      return new CallbackReading.Forged(
          "The headers webhook-id, webhook-timestamp and webhook-signature are needed.");
    }
    var objection = objection(id, timestamp, now);
    if (objection != null) {
      return new CallbackReading.Forged(objection);
    }
    return WebhookSignature.matches(signature, settings.keys(), id, timestamp, body)
        ? WebhookAnswer.read(settings.target(), id, body)
        : new CallbackReading.Forged("No signature in webhook-signature is right.");
  }

  private static @Nullable String objection(String id, String timestamp, Instant now) {
    if (!ID.matcher(id).matches()) {
      return "The webhook-id is not 1 to 200 visible ASCII characters without a dot.";
    }
    if (!SECONDS.matcher(timestamp).matches()) {
      return "The webhook-timestamp is not in seconds since 1970.";
    }
    var off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    return off.compareTo(WINDOW) > 0
        ? "The webhook-timestamp is more than %d minutes off.".formatted(WINDOW.toMinutes())
        : null;
  }
}
