package dev.signalbox.adapters.jira;

import dev.signalbox.adapters.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header {@code X-Hub-Signature} (WebSub): {@code sha256=} and the HMAC of the body in
 * hexadecimal. Other methods are refused.
 */
final class HubSignature {
  private static final String METHOD = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";

  private HubSignature() {}

  static String of(Secret secret, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return METHOD + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256; this one fails.", e);
    }
  }

  /** Whether it is the signature by one of the secrets; compared in constant time. */
  static boolean matches(String header, List<Secret> secrets, byte[] body) {
    var given = header.strip().getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (var secret : secrets) {
      matches |= MessageDigest.isEqual(of(secret, body).getBytes(StandardCharsets.UTF_8), given);
    }
    return matches;
  }
}
