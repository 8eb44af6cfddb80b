package dev.signalbox.journal;

import dev.signalbox.exceptions.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The hash of an event in a chain beside the journals of cases: SHA-256 over the ASCII bytes of the
 * chain's tag, the hash of the event before (32 bytes; {@link #GENESIS} for the first), and then
 * every field as text in UTF-8, each behind its length in bytes (4 bytes, big endian; -1 and
 * nothing for null).
 */
public final class EventHash {
  /** What the first event follows: 32 zeros. */
  public static final Sha256 GENESIS = Sha256.of(new byte[32]);

  private EventHash() {}

  /** The hash of an event with these fields, which are written as {@link Object#toString} says. */
  public static Sha256 of(String tag, Sha256 previous, @Nullable Object... fields) {
    var hashing = Sha256.hashing();
    hashing.update(tag.getBytes(StandardCharsets.US_ASCII));
    hashing.update(previous.bytes());
    for (var field : fields) {
      var bytes = field == null ? null : field.toString().getBytes(StandardCharsets.UTF_8);
      hashing.update(
          ByteBuffer.allocate(Integer.BYTES).putInt(bytes == null ? -1 : bytes.length).flip());
      if (bytes != null) {
        hashing.update(bytes);
      }
    }
    return Sha256.of(hashing.digest());
  }
}
