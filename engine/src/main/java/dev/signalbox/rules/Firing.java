package dev.signalbox.rules;

import dev.signalbox.exceptions.FiredRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one decision point.
 *
 * @param fired by rank, each rule once
 * @param failure why the rules broke off, as a sentence; null when they did not
 */
record Firing(List<FiredRule> fired, @Nullable String failure) {}
