package dev.signalbox.desk;

import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A case as it is stored.
 *
 * @param head the hash of its last journal row
 * @param traceParent the trace that began with its report
 */
public record StoredCase(ExceptionCase state, Sha256 head, @Nullable String traceParent) {}
