/**
 * What is said about cases, as it is found: who is mentioned, and which disputes there are. Written
 * in the commit of the events, and proved equal to them by the audit. The files that are evidence,
 * too, wherever they lie. May know the domain, the database, the journal, the ports and the
 * signals.
 */
@NullMarked
package dev.signalbox.talk;

import org.jspecify.annotations.NullMarked;
