/**
 * Reports as a matching engine would send them, made from a seed. Start with {@link
 * dev.signalbox.ops.generate.ReportGenerator}.
 */
@NullMarked
package dev.signalbox.ops.generate;

import org.jspecify.annotations.NullMarked;
