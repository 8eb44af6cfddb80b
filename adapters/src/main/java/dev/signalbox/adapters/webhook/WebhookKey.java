package dev.signalbox.adapters.webhook;

import dev.signalbox.adapters.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric secret of Standard Webhooks: 24 to 64 random bytes. */
final class WebhookKey {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES_MIN = 24;
  private static final int BYTES_MAX = 64;

  private final SecretKeySpec key;

  private WebhookKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads base64, with or without {@code whsec_} before it.
   *
   * @throws IllegalArgumentException in words that do not show the secret
   */
  static WebhookKey parse(Secret secret) {
    var text = secret.reveal().strip();
    byte[] bytes;
    try {
      bytes =
          Base64.getDecoder()
              .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    } catch (IllegalArgumentException e) {
      // Its message, and its cause, would show part of the secret.
      bytes = new byte[0];
    }
    if (bytes.length < BYTES_MIN || bytes.length > BYTES_MAX) {
      throw new IllegalArgumentException(
          "is not %s and %d to %d random bytes in base64".formatted(PREFIX, BYTES_MIN, BYTES_MAX));
    }
    return new WebhookKey(bytes);
  }

  /** HMAC-SHA256 of {@code id.timestamp.body}. */
  byte[] sign(String id, String timestamp, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256; this one fails.", e);
    }
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
