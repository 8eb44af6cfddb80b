package dev.signalbox.intake;

/**
 * What is wrong with a report.
 *
 * @param pointer where: a JSON Pointer (RFC 6901), empty for the whole
 * @param code stable, for machines
 * @param detail one sentence for people: what was wrong, and what is right
 */
public record ReportProblem(String pointer, String code, String detail) {}
