package dev.signalbox.adapters.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The provider's public keys. They are kept for minutes, and fetched anew when a token names one
 * that is not among them, so that new keys count at once; not more often than every few seconds, so
 * that nobody makes us hammer the provider with tokens of invented keys. While it is away the last
 * ones go on for hours.
 */
final class PublishedKeys {
  private static final int WAIT_MILLIS = 3_000;
  private static final int BYTES_MAX = 1 << 20;
  private static final long KEPT = Duration.ofMinutes(5).toMillis();
  private static final long FETCH = Duration.ofSeconds(10).toMillis();
  private static final long APART = Duration.ofSeconds(5).toMillis();
  private static final long OUTAGE = Duration.ofHours(4).toMillis();

  /** From one failure to say where they are to the next look. */
  private static final long AGAIN = Duration.ofSeconds(2).toNanos();

  private final OidcSettings settings;
  private final ResourceRetriever web =
      new DefaultResourceRetriever(WAIT_MILLIS, WAIT_MILLIS, BYTES_MAX);
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable JWKSource<SecurityContext> source;
  private @Nullable IOException failure;
  private long failedAt;

  PublishedKeys(OidcSettings settings) {
    this.settings = settings;
  }

  /**
   * Where they come from; finds that out the first time.
   *
   * @throws IOException when the provider does not say where
   */
  JWKSource<SecurityContext> source() throws IOException {
    lock.lock();
    try {
      if (source == null) {
        if (failure != null && System.nanoTime() - failedAt < AGAIN) {
          // Else all who wait for the lock would wait for the provider, one after the other.
          throw new IOException(failure.getMessage(), failure);
        }
        source =
            JWKSourceBuilder.<SecurityContext>create(found().toURL(), web)
                .cache(KEPT, FETCH)
                .refreshAheadCache(false)
                .rateLimited(APART)
                .retrying(true)
                .outageTolerant(OUTAGE)
                .build();
      }
      return source;
    } finally {
      lock.unlock();
    }
  }

  private URI found() throws IOException {
    try {
      return address();
    } catch (IOException e) {
      failure = e;
      failedAt = System.nanoTime();
      throw e;
    }
  }

  private URI address() throws IOException {
    if (settings.keys() != null) {
      return settings.keys();
    }
    var issuer = settings.issuer().toString();
    var about =
        URI.create(issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration");
    try {
      var said = JSONObjectUtils.parse(web.retrieveResource(about.toURL()).getContent());
      var calledItself = JSONObjectUtils.getString(said, "issuer");
      if (!issuer.equals(calledItself)) {
        throw new IOException(
            "%s is of the issuer \"%s\", not of \"%s\".".formatted(about, calledItself, issuer));
      }
      var keys = JSONObjectUtils.getURI(said, "jwks_uri");
      if (keys == null) {
        throw new IOException("%s says no jwks_uri.".formatted(about));
      }
      OidcSettings.check(keys);
      return keys;
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException("%s cannot be used: %s".formatted(about, e.getMessage()), e);
    }
  }
}
