/**
 * Handing work to the outside and taking note of what came of it: the runner of each target, its
 * retries and its breaker, and the dead letters. It knows the desk, the work table and the ports;
 * no protocol. Start with {@link dev.signalbox.dispatch.DispatchRunner}.
 */
@NullMarked
package dev.signalbox.dispatch;

import org.jspecify.annotations.NullMarked;
