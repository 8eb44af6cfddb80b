/**
 * What happens by itself when time has passed: severity is decided again at an age threshold, due
 * times that pass are marked, the steps of fallback chains are taken, and what rested wakes. The
 * timers are columns of the cases; this package waits for the next of them and asks the desk. Start
 * with {@link dev.signalbox.deadlines.Deadlines}.
 */
@NullMarked
package dev.signalbox.deadlines;

import org.jspecify.annotations.NullMarked;
