/**
 * What can be shown of rules without trying them: that one never fires, that it never counts, or
 * that two disagree. What is told is certain; what is not told may still be so. Start with {@link
 * dev.signalbox.rules.review.Review}.
 */
@NullMarked
package dev.signalbox.rules.review;

import org.jspecify.annotations.NullMarked;
