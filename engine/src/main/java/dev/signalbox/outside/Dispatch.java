package dev.signalbox.outside;

import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.TargetName;
import org.jspecify.annotations.Nullable;

/**
 * One handing over: what an outlet needs, whole. Every attempt sees the same context.
 *
 * @param id the marker that makes every attempt recognisable as the same
 * @param queue the outside system's own queue, where it has several
 * @param exception as it stood when the dispatch was requested
 * @param attempt counts from 1
 * @param afterUnknown whether an earlier attempt may have arrived without our knowing: look for the
 *     marker before creating anything
 * @param traceParent W3C Trace Context of the trace that began with the report; null without one
 * @param order what the ledger shall do about the exception; null to hand the exception over
 */
public record Dispatch(
    DispatchId id,
    TargetName target,
    @Nullable QueueName queue,
    ExceptionCase exception,
    int attempt,
    boolean afterUnknown,
    @Nullable String traceParent,
    @Nullable LedgerOrder order) {}
