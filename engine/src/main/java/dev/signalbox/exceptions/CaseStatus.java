package dev.signalbox.exceptions;

/** Where a case stands in its lifecycle. */
public enum CaseStatus {
  OPEN,
  ASSIGNED,
  UNDER_REVIEW,
  /** Raised, and not yet taken by anyone in the higher queue. */
  ESCALATED,
  PENDING_APPROVAL,
  /** With an outside system (or the ledger); its answer is awaited. */
  PENDING_RESOLUTION,
  RESOLVED,
  /** No rule routed it, or nobody took it to the end of its fallback chain. */
  DEAD_LETTERED
}
