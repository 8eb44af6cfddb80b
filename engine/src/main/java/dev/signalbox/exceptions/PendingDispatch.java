package dev.signalbox.exceptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The handing over that a PENDING_RESOLUTION case waits for.
 *
 * @param before the status to go back to when the outside system does not take it
 * @param externalReference the outside system's id, once delivered
 * @param deliveredAt null while it is on its way
 * @param answerDueAt until when the answer is awaited; null when it is not yet, or not limited
 * @param answerOverdue whether that passed
 */
public record PendingDispatch(
    DispatchId id,
    TargetName target,
    @Nullable QueueName queue,
    CaseStatus before,
    Instant requestedAt,
    @Nullable String externalReference,
    @Nullable Instant deliveredAt,
    @Nullable Instant answerDueAt,
    boolean answerOverdue) {

  PendingDispatch delivered(@Nullable String reference, Instant at, @Nullable Instant answerDue) {
    return new PendingDispatch(
        id, target, queue, before, requestedAt, reference, at, answerDue, false);
  }

  PendingDispatch overdue() {
    return new PendingDispatch(
        id, target, queue, before, requestedAt, externalReference, deliveredAt, answerDueAt, true);
  }
}
