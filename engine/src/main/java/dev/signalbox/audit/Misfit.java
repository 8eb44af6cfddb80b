package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit.
 *
 * @param exception null where an event of the rulesets does not fit
 * @param seq the row of the journal; 0 where the case itself does not fit
 * @param what one sentence
 */
public record Misfit(@Nullable CaseId exception, long seq, String what) {}
