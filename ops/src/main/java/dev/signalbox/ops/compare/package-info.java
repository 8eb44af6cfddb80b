/**
 * The edges of a backtest: facts from a file, and what came of it as text and as a page. What is
 * compared how is the engine's. Start with {@link dev.signalbox.ops.compare.ReportFile} and {@link
 * dev.signalbox.ops.compare.BacktestPage}.
 */
@NullMarked
package dev.signalbox.ops.compare;

import org.jspecify.annotations.NullMarked;
