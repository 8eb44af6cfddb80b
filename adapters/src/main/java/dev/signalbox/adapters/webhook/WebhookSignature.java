package dev.signalbox.adapters.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header {@code webhook-signature}: one {@code v1,…} for each secret, so that a receiver that
 * knows either of two secrets can check it while one replaces the other.
 */
final class WebhookSignature {
  private static final String VERSION = "v1,";
  private static final int SIGNATURES_MAX = 20;

  private WebhookSignature() {}

  static String of(List<WebhookKey> keys, String id, String timestamp, byte[] body) {
    return keys.stream().map(key -> one(key, id, timestamp, body)).collect(Collectors.joining(" "));
  }

  /** Whether one of the signatures is that of one of the secrets; compared in constant time. */
  static boolean matches(
      String header, List<WebhookKey> keys, String id, String timestamp, byte[] body) {
    var expected = keys.stream().map(key -> bytes(one(key, id, timestamp, body))).toList();
    boolean matches = false;
    for (var given : header.strip().split("\\s+", SIGNATURES_MAX)) {
      for (var one : expected) {
        matches |= MessageDigest.isEqual(one, bytes(given));
      }
    }
    return matches;
  }

  private static String one(WebhookKey key, String id, String timestamp, byte[] body) {
    return VERSION + Base64.getEncoder().encodeToString(key.sign(id, timestamp, body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
