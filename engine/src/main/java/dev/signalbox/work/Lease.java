package dev.signalbox.work;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import org.jspecify.annotations.Nullable;

/**
 * The right to do one piece of work, for a while. The fence rises with every lease, and whatever is
 * written under a lease is written only while its fence is the newest: a node that froze and woke
 * cannot overwrite its successor.
 *
 * @param ended what came of the attempt, once it was made
 */
public record Lease(
    CaseId caseId, DispatchId work, long fence, int attempt, @Nullable Ended ended) {

  /**
   * How an attempt ended.
   *
   * @param outcome e.g. {@code DELIVERED}
   * @param detail for people; no personal data
   */
  public record Ended(String outcome, @Nullable String detail, long tookMillis) {}

  public Lease ended(String outcome, @Nullable String detail, long tookMillis) {
    return new Lease(caseId, work, fence, attempt, new Ended(outcome, detail, tookMillis));
  }
}
