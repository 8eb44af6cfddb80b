package dev.signalbox.exceptions;

/** What the ledger is asked to do about a case. */
public sealed interface LedgerOrder {
  /** The ledger's name among the outside systems; no other may be called so. */
  TargetName LEDGER = new TargetName("ledger");

  /** Post this, once for its id. */
  record Post(Posting posting) implements LedgerOrder {}

  /** Post nothing that falls under this, but for what settles the case, until it is released. */
  record Hold(HoldId hold, dev.signalbox.exceptions.Hold.Scope scope) implements LedgerOrder {}

  /** What was held may be posted again; it wins over a hold that comes late. */
  record Release(HoldId hold) implements LedgerOrder {}
}
