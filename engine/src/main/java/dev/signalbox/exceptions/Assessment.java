package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;

/** The two pieces of advice every exception needs before it can wait on a queue. */
public record Assessment(
    Advice<SeverityDecision> classification, Advice<RoutingDecision> routing) {}
