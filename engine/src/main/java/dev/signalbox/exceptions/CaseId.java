package dev.signalbox.exceptions;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an exception, derived from what it is about: the same item has the same id on any
 * node, with no look-up, and the primary key is the dedup.
 *
 * <p>A UUID of version 8 (RFC 9562): the first bits of SHA-256 over context, source, sourceRef and
 * the optional period, each prefixed with its length.
 */
public record CaseId(UUID value) implements Comparable<CaseId> {

  public static CaseId of(
      String context, String source, String sourceRef, @Nullable String period) {
    var digest =
        new FieldDigest("signalbox/case/1")
            .text(context)
            .text(source)
            .text(sourceRef)
            .text(period)
            .bytes();
    var bits = ByteBuffer.wrap(digest);
    long high = (bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new CaseId(new UUID(high, low));
  }

  /** Reads {@link #toString} back. */
  public static CaseId parse(String text) {
    return new CaseId(UUID.fromString(text));
  }

  /** Orders as PostgreSQL does, by unsigned bytes, so that locks are taken in one order. */
  @Override
  public int compareTo(CaseId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
