package dev.signalbox.api.http;

import dev.signalbox.desk.OnceKey;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What a request depends on: a version, and that it has not been carried out before. */
public record Conditions(HttpServerRequest request) {
  private static final int VERSION_DIGITS_MAX = 18;

  /**
   * The key that makes the request safe to repeat; null when the caller gave none.
   *
   * @throws IllegalArgumentException when it is no key
   */
  public @Nullable String idempotencyKey() {
    var header = request.getHeader("Idempotency-Key");
    var key = header != null ? header : request.getHeader("X-Idempotency-Key");
    if (key == null) {
      return null;
    }
    if (key.isEmpty()
        || key.length() > OnceKey.LENGTH_MAX
        || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "An Idempotency-Key has 1 to %d visible ASCII characters.".formatted(OnceKey.LENGTH_MAX));
    }
    return key;
  }

  /**
   * The fence of the claim under which the caller works; null when the caller does not say.
   *
   * @throws IllegalArgumentException when the header is no number
   */
  public @Nullable Long claimFence() {
    var header = request.getHeader("Claim-Fence");
    if (header == null) {
      return null;
    }
    var text = header.strip();
    if (text.isEmpty()
        || text.length() > VERSION_DIGITS_MAX
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          "The header Claim-Fence is the fence of a claim such as 3, not %s.".formatted(text));
    }
    return Long.valueOf(text);
  }

  /**
   * The version the caller saw; null when it does not matter.
   *
   * @throws IllegalArgumentException when the header is not an ETag of ours
   */
  public @Nullable Long ifMatch() {
    var header = request.getHeader("If-Match");
    if (header == null || header.strip().equals("*")) {
      return null;
    }
    var text = header.strip();
    boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    var version = quoted ? text.substring(1, text.length() - 1) : text;
    if (version.isEmpty()
        || version.length() > VERSION_DIGITS_MAX
        || !version.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          "The header If-Match is one version like \"3\" in quotes, not %s.".formatted(text));
    }
    return Long.valueOf(version);
  }
}
