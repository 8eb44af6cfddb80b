package dev.signalbox.work;

import dev.signalbox.exceptions.ExceptionReport;
import java.util.UUID;

/** A report that the storm guard holds back, whole, until a person releases it. */
public record HeldReport(UUID id, ExceptionReport report) {}
