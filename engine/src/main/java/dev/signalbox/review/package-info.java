/**
 * Batch approval: proposals that are frozen together, looked at, and approved or rejected all or
 * none. It knows the desk, through which it does that, what is recorded and the rules, which look
 * at each item again, and tables of its own. Start with {@link dev.signalbox.review.Batches}.
 */
@NullMarked
package dev.signalbox.review;

import org.jspecify.annotations.NullMarked;
