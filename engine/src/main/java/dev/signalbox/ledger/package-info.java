/**
 * The embedded book: the ledger of an installation that has no other. Double entry, append-only, in
 * the same PostgreSQL. It knows the domain, the database, and the port to the outside that it
 * implements. Start with {@link dev.signalbox.ledger.BookOutlet}.
 */
@NullMarked
package dev.signalbox.ledger;

import org.jspecify.annotations.NullMarked;
