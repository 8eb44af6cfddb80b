/**
 * Durable work: what follows from an event and has to reach the outside, the leases it is taken
 * under, and the dead letters of what could not be done. It knows the domain and the database, and
 * nothing of who does the work. Start with {@link dev.signalbox.work.Agenda}.
 */
@NullMarked
package dev.signalbox.work;

import org.jspecify.annotations.NullMarked;
