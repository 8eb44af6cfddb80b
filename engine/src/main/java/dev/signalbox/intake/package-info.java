/**
 * How reports come in: read strictly, gathered into batches, answered after their commit. It knows
 * the desk and no HTTP. Start with {@link dev.signalbox.intake.ReportReader} and {@link
 * dev.signalbox.intake.Intake}.
 */
@NullMarked
package dev.signalbox.intake;

import org.jspecify.annotations.NullMarked;
