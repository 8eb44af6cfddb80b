package dev.signalbox.adapters.identity;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider, and which claims of its tokens say what.
 *
 * @param issuer exactly as its tokens have it in {@code iss}
 * @param audience what its tokens for us have in {@code aud}
 * @param keys where its public keys are; null to ask its {@code /.well-known/openid-configuration}
 * @param claims which claims say what
 * @param skew how far its clock may be from ours
 */
public record OidcSettings(
    URI issuer, String audience, @Nullable URI keys, Claims claims, Duration skew) {

  /**
   * Names of claims; where there is none of the whole name, each "." leads into an object: {@code
   * realm_access.roles}.
   *
   * @param name who it is
   * @param roles a list of words, or words with spaces between
   * @param contexts likewise; null where people may see all
   * @param queues likewise; null where people may see all
   * @param skills likewise; null where nobody is said to know anything
   */
  public record Claims(
      String name,
      String roles,
      @Nullable String contexts,
      @Nullable String queues,
      @Nullable String skills) {}

  /**
   * @throws IllegalArgumentException when an address is none that may be trusted: https, or http on
   *     this machine
   */
  public OidcSettings {
    check(issuer);
    if (keys != null) {
      check(keys);
    }
  }

  static void check(URI address) {
    var host = address.getHost();
    boolean isHere = "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
    boolean isTrusted =
        host != null
            && ("https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && isHere));
    if (!isTrusted) {
      throw new IllegalArgumentException(
          "The address \"%s\" of an identity provider must begin with https://, or with http:// on this machine."
              .formatted(address));
    }
  }
}
