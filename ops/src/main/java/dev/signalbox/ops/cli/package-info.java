/**
 * The command line: the only place that prints to the console. Each command is a class; what it
 * does lies elsewhere. Start with {@link dev.signalbox.ops.cli.SignalboxCommand}.
 */
@NullMarked
package dev.signalbox.ops.cli;

import org.jspecify.annotations.NullMarked;
