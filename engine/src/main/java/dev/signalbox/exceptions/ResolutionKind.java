package dev.signalbox.exceptions;

/** The ways in which an exception can be settled. */
public enum ResolutionKind {
  /** A person takes a match that the matcher did not take. */
  FORCE_MATCH,
  /** A posting makes up for the difference. */
  ADJUSTMENT,
  /** The item is given up. */
  WRITE_OFF,
  /** The item is several items in truth. */
  SPLIT,
  /** The difference is accepted, maybe for a time. */
  KNOWN_DIFFERENCE,
  /** An outside system settled it. */
  EXTERNAL,
  /** Rules matched it. */
  AUTO_MATCH,
  /** The source withdrew it. */
  AUTO_CLEARED
}
