/**
 * An outside ledger over HTTP: postings and holds under idempotency keys. Start with {@link
 * dev.signalbox.adapters.ledger.LedgerOutlet}.
 */
@NullMarked
package dev.signalbox.adapters.ledger;

import org.jspecify.annotations.NullMarked;
