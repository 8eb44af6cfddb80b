package dev.signalbox.exceptions.disputes;

/** Where a dispute stands. */
public enum DisputeState {
  /** Written, and not yet put to the other party. */
  DRAFT,
  /** Put to the other party. */
  OPEN,
  /** The other party, or we, have to show something. */
  PENDING_EVIDENCE,
  /** The other party agrees with us. */
  WON,
  /** It does not. */
  LOST
}
