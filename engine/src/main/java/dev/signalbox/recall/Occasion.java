package dev.signalbox.recall;

/** Why rules were asked about an exception. */
public enum Occasion {
  /** It was reported for the first time. */
  OPENED,
  /** It was reported again with new observations. */
  REDETECTED,
  /** It came back after it had been resolved. */
  RECURRED,
  /** It reached an age threshold. */
  AGED,
  /** It was tried again as a dead letter. */
  REDRIVEN
}
