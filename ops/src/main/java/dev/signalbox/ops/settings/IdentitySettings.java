package dev.signalbox.ops.settings;

import dev.signalbox.access.Role;
import dev.signalbox.adapters.identity.OidcSettings;
import dev.signalbox.adapters.identity.OidcSettings.Claims;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where people come from.
 *
 * @param provider whose tokens let them in
 * @param roles what its words stand for; empty when it has our words
 */
public record IdentitySettings(OidcSettings provider, Map<String, Role> roles) {
  private static final Duration SKEW = Duration.ofMinutes(1);

  public IdentitySettings {
    roles = Map.copyOf(roles);
  }

  /** Reads; null when no provider is named, or not wholly. */
  static @Nullable IdentitySettings read(Section settings) {
    if (!settings.has("identity")) {
      return null;
    }
    var section =
        settings.section("identity").only("issuer", "audience", "keys", "claims", "roles", "skew");
    var issuer = address(section, "issuer");
    var keys = address(section, "keys");
    var audience = section.text("audience");
    if (issuer == null && !section.has("issuer")) {
      section.wrong("issuer", "missing: the address of an OpenID Connect provider");
    }
    if (audience == null && !section.has("audience")) {
      section.wrong("audience", "missing: what tokens for Signalbox have in \"aud\"");
    }
    var claims =
        claims(section.section("claims").only("name", "roles", "contexts", "queues", "skills"));
    var roles = roles(section.section("roles"));
    var skew = section.duration("skew", SKEW);
    try {
      return issuer == null || audience == null
          ? null
          : new IdentitySettings(new OidcSettings(issuer, audience, keys, claims, skew), roles);
    } catch (IllegalArgumentException e) {
      section.wrong("issuer", "not to be trusted: " + e.getMessage());
      return null;
    }
  }

  private static @Nullable URI address(Section section, String name) {
    var text = section.text(name);
    try {
      return text == null ? null : URI.create(text);
    } catch (IllegalArgumentException e) {
      section.wrong(name, "an address like https://login.example.org, not \"" + text + "\"");
      return null;
    }
  }

  private static Claims claims(Section section) {
    var name = section.text("name");
    var roles = section.text("roles");
    return new Claims(
        name == null ? "sub" : name,
        roles == null ? "roles" : roles,
        section.text("contexts"),
        section.text("queues"),
        section.text("skills"));
  }

  private static Map<String, Role> roles(Section section) {
    var roles = new TreeMap<String, Role>();
    for (var word : section.names()) {
      var text = section.text(word);
      var role = text == null ? null : Role.of(text).orElse(null);
      if (role != null) {
        roles.put(word, role);
      } else if (text != null) {
        var all = Stream.of(Role.values()).map(Role::word).collect(Collectors.joining(", "));
        section.wrong(word, "one of %s, not \"%s\"".formatted(all, text));
      }
    }
    return roles;
  }
}
