package dev.signalbox.rules;

import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import java.time.Instant;

/**
 * What is put to the rules: all they can know. The same question to the same ruleset has the same
 * answer for ever.
 *
 * @param asOf what the rules take for now; ages are counted to it
 */
public record Question(ExceptionReport report, Detection detection, Instant asOf) {}
