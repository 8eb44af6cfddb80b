package dev.signalbox.desk;

/** Rolls a commit back because a source would open more exceptions than its cap allows. */
final class StormBreaks extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient StormTallyTable.Source source;
  private final int excess;

  StormBreaks(StormTallyTable.Source source, int excess) {
    super("A source opens more exceptions than its cap allows.", null, false, false);
    this.source = source;
    this.excess = excess;
  }

  StormTallyTable.Source source() {
    return source;
  }

  /** How many of the batch are too many. */
  int excess() {
    return excess;
  }
}
