package dev.signalbox.rules;

import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import java.time.Instant;

/** What is put to the rules: all they can know. The same question has the same answer for ever. */
public record Question(ExceptionReport report, Detection detection, Instant asOf) {}
