package dev.signalbox.journal;

import dev.signalbox.exceptions.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chain of one case. The hash of a row is SHA-256 over, one after the other:
 *
 * <ol>
 *   <li>the ASCII bytes {@code signalbox/journal/1};
 *   <li>the hash of the row before (32 bytes; zeros for the first row of a case);
 *   <li>the length of the public bytes (4 bytes, big endian), and the public bytes;
 *   <li>the length of the sealed bytes (4 bytes, big endian; -1 where there are none);
 *   <li>where there are sealed bytes: the subject (32 bytes), and the sealed bytes.
 * </ol>
 *
 * The case, the sequence, the type and the instant are within the public bytes. What is hashed are
 * the bytes as stored, so that anybody can repeat it. The subject is hashed too, for who could
 * change it could make data look erased that is not.
 */
public final class Chain {
  /** What the first row of a case follows. */
  public static final Sha256 GENESIS = Sha256.of(new byte[32]);

  private static final byte[] TAG = "signalbox/journal/1".getBytes(StandardCharsets.US_ASCII);

  private Chain() {}

  /** The hash of a row; the subject and the sealed bytes are both there, or both not. */
  static Sha256 hash(
      Sha256 previous, byte[] facts, @Nullable Subject subject, byte @Nullable [] sealed) {
    var digest = Sha256.hashing();
    digest.update(TAG);
    digest.update(previous.bytes());
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(facts.length).flip());
    digest.update(facts);
    digest.update(
        ByteBuffer.allocate(Integer.BYTES).putInt(sealed == null ? -1 : sealed.length).flip());
    if (sealed != null) {
      digest.update(Objects.requireNonNull(subject, "subject").bytes());
      digest.update(sealed);
    }
    return Sha256.of(digest.digest());
  }
}
