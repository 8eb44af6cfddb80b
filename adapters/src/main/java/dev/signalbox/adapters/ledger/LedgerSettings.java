package dev.signalbox.adapters.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.Egress;
import dev.signalbox.adapters.settings.Secret;
import dev.signalbox.adapters.settings.TargetFields;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configured ledger.
 *
 * @param url below which {@code /postings} and {@code /holds} are
 * @param token sent as a bearer token
 * @param timeout for one attempt
 */
public record LedgerSettings(URI url, Secret token, Duration timeout, Egress egress) {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Set<String> FIELDS = Set.of("url", "token", "timeout");

  /**
   * Reads the settings.
   *
   * @param secrets looks up what {@code env:NAME} or {@code file:PATH} refers to
   * @throws dev.signalbox.adapters.settings.BadSettings when they cannot be used
   */
  public static LedgerSettings from(JsonNode node, Function<String, @Nullable String> secrets) {
    var known = new HashSet<>(FIELDS);
    known.addAll(Egress.FIELDS);
    var fields = TargetFields.at("ledger", node, known, secrets);
    return fields.complete(
        new LedgerSettings(
            fields.noting(TargetFields.NOWHERE, () -> fields.url("url")),
            fields.noting(new Secret("none"), () -> fields.secret("token")),
            fields.noting(TIMEOUT, () -> fields.duration("timeout", TIMEOUT)),
            Egress.from(fields)));
  }

  URI at(String path) {
    var base = url.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }
}
