package dev.signalbox.exceptions;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * One hold of one case. Derived from the case and its version, so deciding again gives the same.
 */
public record HoldId(UUID value) {

  static HoldId of(CaseId caseId, long version) {
    var digest = new FieldDigest("signalbox/hold/1").text(caseId.toString()).value(version).bytes();
    var bits = ByteBuffer.wrap(digest);
    long high = (bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new HoldId(new UUID(high, low));
  }

  public static HoldId parse(String text) {
    return new HoldId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
