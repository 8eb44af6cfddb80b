/**
 * What rules see, and nothing else: an exception in plain values. No component is ever null, since
 * in a rule a comparison with null is false whichever way it is written; what a report leaves out
 * has the value that makes rules careful. Start with {@link dev.signalbox.rules.facts.Item}.
 */
@NullMarked
package dev.signalbox.rules.facts;

import org.jspecify.annotations.NullMarked;
