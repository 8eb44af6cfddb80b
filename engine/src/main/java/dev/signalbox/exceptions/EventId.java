package dev.signalbox.exceptions;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The id of one event of one case, and so of what it begins: a comment, a dispute, a piece of
 * evidence. Derived from its place in the journal, so deciding again gives the same id.
 */
public record EventId(UUID value) {

  /** The event at a place in the journal. */
  public static EventId of(CaseId caseId, long seq) {
    var digest = new FieldDigest("signalbox/event/1").text(caseId.toString()).value(seq).bytes();
    var bits = ByteBuffer.wrap(digest);
    long high = (bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new EventId(new UUID(high, low));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
