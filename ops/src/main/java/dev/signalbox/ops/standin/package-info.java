/**
 * Stand-ins for outside systems, for the demo: they speak the real protocols on the loopback
 * address, misbehave now and then by a seed, and answer after a while with signed callbacks. Start
 * with {@link dev.signalbox.ops.standin.StandInJira}.
 */
@NullMarked
package dev.signalbox.ops.standin;

import org.jspecify.annotations.NullMarked;
