/**
 * How reviewers get their work: the most urgent exception of a queue, held for a while. It knows
 * the desk, which alone changes a case. Start with {@link dev.signalbox.queues.Claims}.
 */
@NullMarked
package dev.signalbox.queues;

import org.jspecify.annotations.NullMarked;
