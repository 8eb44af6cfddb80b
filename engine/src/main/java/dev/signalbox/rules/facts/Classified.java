package dev.signalbox.rules.facts;

import dev.signalbox.exceptions.Severity;

/** What was decided before the route: a second fact, for the rules of {@code route}. */
public record Classified(Severity severity) {}
