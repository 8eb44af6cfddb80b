/**
 * What rules see, and nothing else: an exception in plain values without nulls, since a comparison
 * with a null is false in a rule, whichever way it is written. Start with {@link
 * dev.signalbox.rules.facts.Item}.
 */
@NullMarked
package dev.signalbox.rules.facts;

import org.jspecify.annotations.NullMarked;
