package dev.signalbox.exceptions.disputes;

/** What a dispute is about. */
public enum DisputeCategory {
  BANK_FEE_ERROR,
  UNRECOGNIZED_CHARGE,
  DUPLICATE_TRANSACTION,
  AMOUNT_MISMATCH,
  OTHER
}
