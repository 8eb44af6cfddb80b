/**
 * A candidate is asked about what was just decided, beside the ruleset that decides: off the commit
 * path, bounded by time, sample and cost, and without any effect but counts. It knows how rulesets
 * live and how answers are compared; nobody but the program's assembly and its readers knows it.
 * Start with {@link dev.signalbox.shadow.ShadowRunner}.
 */
@NullMarked
package dev.signalbox.shadow;

import org.jspecify.annotations.NullMarked;
