package dev.signalbox.journal;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event with all that is known about it.
 *
 * @param seq counts from 1 for each case
 * @param at in microseconds
 * @param traceId the trace it happened in; null without one
 */
public record JournalEntry(
    CaseId caseId, long seq, Instant at, Actor actor, @Nullable String traceId, CaseEvent event) {}
