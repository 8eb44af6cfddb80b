package dev.signalbox.reviewers;

import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.ExceptionCase;
import org.jspecify.annotations.Nullable;

/**
 * A case that waits for somebody to be chosen.
 *
 * @param but who is not, since it is just taken from him; null for nobody
 */
public record Wanted(ExceptionCase state, AssignmentRule rule, @Nullable String but) {}
