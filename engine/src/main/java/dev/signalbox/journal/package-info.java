/**
 * The append-only record of every event: its stored bytes, the seal over personal data, the hash
 * chain of each case, and the way back from rows to events and states. It knows the domain and the
 * database. Start with {@link dev.signalbox.journal.Journal}.
 */
@NullMarked
package dev.signalbox.journal;

import org.jspecify.annotations.NullMarked;
