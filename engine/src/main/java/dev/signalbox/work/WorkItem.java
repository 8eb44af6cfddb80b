package dev.signalbox.work;

import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.TargetName;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done outside: one dispatch, or one order to the ledger.
 *
 * @param dispatch also the id of the work
 * @param exception as it stood when the dispatch was requested, so that every attempt sees the same
 * @param traceParent the trace that began with the report
 * @param order what the ledger shall do; null where the exception is handed over
 */
public record WorkItem(
    DispatchId dispatch,
    TargetName target,
    @Nullable QueueName queue,
    ExceptionCase exception,
    @Nullable String traceParent,
    @Nullable LedgerOrder order) {

  static final int PRIORITY_MAX = Severity.CRITICAL.rank();

  /** From 0 to the greatest; higher is sooner: the graver first. */
  int priority() {
    var classification = exception.classification();
    return classification == null ? 0 : classification.severity().rank();
  }
}
