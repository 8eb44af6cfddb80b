package dev.signalbox.rules.facts;

import dev.signalbox.exceptions.Lane;

/** Where the exception waits: a fact for the rules of {@code escalate}. */
public record Waiting(String queue, Lane lane) {}
