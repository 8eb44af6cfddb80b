package dev.signalbox.desk;

import dev.signalbox.exceptions.Refusal;

/** What was answered under an idempotency key. */
record Answer(OnceKey key, Receipt receipt) {

  /** The same answer for the same request; a refusal for another one under the same key. */
  Receipt repeatedFor(OnceKey again) {
    return key.requestHash().equals(again.requestHash())
        ? receipt
        : new Receipt.Refused(new Refusal.KeyReused(again.key()), null);
  }
}
