package dev.signalbox.adapters.http;

import dev.signalbox.adapters.settings.TargetFields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to one outside system.
 *
 * @param guard which addresses may be called
 * @param authorities the certificates trusted instead of the platform's, as PEM; null for those
 */
public record Egress(AddressGuard guard, @Nullable String authorities) {
  private static final String ALLOWED_NETWORKS = "allowedNetworks";
  private static final String TRUSTED_CERTIFICATES = "trustedCertificates";

  /** The fields that {@link #from} reads. */
  public static final Set<String> FIELDS = Set.of(ALLOWED_NETWORKS, TRUSTED_CERTIFICATES);

  /** Reads, and notes with the fields what is wrong. */
  public static Egress from(TargetFields fields) {
    return new Egress(
        fields.noting(AddressGuard.allowing(List.of()), () -> guard(fields)),
        fields.noting(null, () -> fields.fileOrNull(TRUSTED_CERTIFICATES)));
  }

  private static AddressGuard guard(TargetFields fields) {
    try {
      return AddressGuard.allowing(fields.texts(ALLOWED_NETWORKS, List.of()));
    } catch (IllegalArgumentException e) {
      throw fields.wrong(ALLOWED_NETWORKS, "has an entry that cannot be used: " + e.getMessage());
    }
  }
}
