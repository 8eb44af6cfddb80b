package dev.signalbox.access;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.Sight;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key, without itself: only its digest is kept.
 *
 * @param name whose it is
 * @param sight which exceptions it reaches
 * @param digest SHA-256 of it
 * @param createdAt in microseconds
 * @param endsAt from when it lets nobody in; null for never
 */
public record Key(
    UUID id,
    String name,
    Role role,
    Sight sight,
    Sha256 digest,
    Instant createdAt,
    @Nullable Instant endsAt) {

  /** Whether it lets somebody in. */
  public boolean isValid(Instant now) {
    return endsAt == null || now.isBefore(endsAt);
  }

  Key endingAt(Instant end) {
    return new Key(id, name, role, sight, digest, createdAt, end);
  }
}
