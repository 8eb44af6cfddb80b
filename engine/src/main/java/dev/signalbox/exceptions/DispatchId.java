package dev.signalbox.exceptions;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * One handing over of one case to one outside system; the same on every retry, a redrive included.
 * Derived from the case and its version at the time, so deciding again gives the same id.
 */
public record DispatchId(UUID value) {

  static DispatchId of(CaseId caseId, long version) {
    return of("signalbox/dispatch/1", caseId.value(), version);
  }

  static DispatchId ofPosting(CaseId caseId, long version) {
    return of("signalbox/posting/1", caseId.value(), version);
  }

  /** The order to the ledger to hold, or to release what was held. */
  public static DispatchId ofHold(HoldId hold, boolean released) {
    return of(released ? "signalbox/release/1" : "signalbox/hold-order/1", hold.value(), 0);
  }

  private static DispatchId of(String tag, UUID about, long version) {
    var digest = new FieldDigest(tag).text(about.toString()).value(version).bytes();
    var bits = ByteBuffer.wrap(digest);
    long high = (bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new DispatchId(new UUID(high, low));
  }

  public static DispatchId parse(String text) {
    return new DispatchId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
