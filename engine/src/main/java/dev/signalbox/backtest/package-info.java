/**
 * Two rulesets compared by what they say of the same facts. Pure: facts come in as moments, from
 * the journal or a file, and what comes out depends on them and on the two rulesets only, whatever
 * the order. Start with {@link dev.signalbox.backtest.Comparison}.
 */
@NullMarked
package dev.signalbox.backtest;

import org.jspecify.annotations.NullMarked;
