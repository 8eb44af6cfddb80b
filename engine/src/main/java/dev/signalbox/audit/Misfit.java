package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseId;

/**
 * Something that does not fit.
 *
 * @param seq the row of the journal; 0 where the case itself does not fit
 * @param what one sentence
 */
public record Misfit(CaseId exception, long seq, String what) {}
