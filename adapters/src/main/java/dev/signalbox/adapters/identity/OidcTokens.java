package dev.signalbox.adapters.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.signalbox.outside.TokenReader;
import java.io.IOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the signed tokens (JWT, RFC 7519) of one OpenID Connect provider: the signature by its
 * published keys with an asymmetric algorithm, issuer, audience, and the times with some skew. A
 * token of anything less is refused.
 */
public final class OidcTokens implements TokenReader {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.copyOf(
          Stream.of(JWSAlgorithm.Family.RSA, JWSAlgorithm.Family.EC)
              .flatMap(Collection::stream)
              .toList());

  private static final int NAME_MAX = 200;

  private final OidcSettings settings;
  private final PublishedKeys keys;
  private final DefaultJWTClaimsVerifier<SecurityContext> claims;

  /** Whether the provider's keys were ever had. */
  private volatile boolean haveKeys;

  public OidcTokens(OidcSettings settings, InstantSource clock) {
    this.settings = settings;
    keys = new PublishedKeys(settings);
    claims =
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
            Set.of("exp", "sub")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    claims.setMaxClockSkew((int) settings.skew().toSeconds());
  }

  @Override
  public Reading read(String token) {
    try {
      var signed = SignedJWT.parse(token);
      var processor = new DefaultJWTProcessor<SecurityContext>();
      processor.setJWSTypeVerifier(
          new DefaultJOSEObjectTypeVerifier<>(
              JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
      processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.source()));
      processor.setJWTClaimsSetVerifier(claims);
      var set = processor.process(signed, null);
      haveKeys = true;
      return identity(set);
    } catch (ParseException e) {
      return new Reading.Refused("The token is no signed JWT.");
    } catch (BadJWTException e) {
      haveKeys = true;
      return new Reading.Refused("The token is not valid: %s.".formatted(e.getMessage()));
    } catch (BadJOSEException e) {
      haveKeys = true;
      return unknownKey();
    } catch (RateLimitReachedException e) {
      return haveKeys
          ? unknownKey()
          : new Reading.Away(
              "The keys of %s could not be fetched a moment ago.".formatted(settings.issuer()));
    } catch (KeySourceException | IOException e) {
      return new Reading.Away(
          "The keys of %s cannot be fetched: %s".formatted(settings.issuer(), e.getMessage()));
    } catch (JOSEException e) {
      return new Reading.Refused("The signature of the token cannot be checked.");
    }
  }

  private Reading unknownKey() {
    return new Reading.Refused(
        "The token is not signed by a key that %s publishes.".formatted(settings.issuer()));
  }

  private Reading identity(JWTClaimsSet set) {
    var all = set.getClaims();
    var wanted = settings.claims();
    var name = claim(all, wanted.name()) instanceof String text ? text.strip() : "";
    if (name.isEmpty()
        || name.length() > NAME_MAX
        || name.chars().anyMatch(Character::isISOControl)) {
      return new Reading.Refused(
          "The token's claim \"%s\" is no name of 1 to %d characters."
              .formatted(wanted.name(), NAME_MAX));
    }
    return new Reading.Known(
        new Identity(
            name,
            words(claim(all, wanted.roles())),
            wanted.contexts() == null ? null : limits(claim(all, wanted.contexts())),
            wanted.queues() == null ? null : limits(claim(all, wanted.queues())),
            wanted.skills() == null ? Set.of() : Set.copyOf(words(claim(all, wanted.skills()))),
            set.getExpirationTime().toInstant().plus(settings.skew())));
  }

  private static @Nullable Object claim(Map<String, ?> claims, String name) {
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? claim(named(inner), name.substring(dot + 1))
        : null;
  }

  @SuppressWarnings("unchecked") // The names of a JSON object are texts.
  private static Map<String, ?> named(Map<?, ?> object) {
    return (Map<String, ?>) object;
  }

  /** "*" is for all. A claim that is missing is for none. */
  private static @Nullable Set<String> limits(@Nullable Object claim) {
    var words = words(claim);
    return words.contains("*") ? null : Set.copyOf(words);
  }

  private static List<String> words(@Nullable Object claim) {
    return switch (claim) {
      case String text -> Stream.of(text.split(" ", -1)).filter(word -> !word.isBlank()).toList();
      case Collection<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }
}
