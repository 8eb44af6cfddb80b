/**
 * What decisions saw and said, made again from the journal: the report as it was then, when the
 * item had been seen, and as of when rules were asked. It knows the journal and the rulesets' own
 * values; it decides nothing. Start with {@link dev.signalbox.recall.Recorded}.
 */
@NullMarked
package dev.signalbox.recall;

import org.jspecify.annotations.NullMarked;
