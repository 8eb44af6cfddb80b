package dev.signalbox.work;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What could not be done. It is kept whole, and never deleted.
 *
 * @param dispatch the handing over that failed; null when it was none
 * @param target the outside system that did not take it, or null
 * @param redrivenAt when it was tried again; null while nobody did
 */
public record DeadLetter(
    UUID id,
    Kind kind,
    CaseId caseId,
    @Nullable DispatchId dispatch,
    @Nullable String target,
    @Nullable String queue,
    String reason,
    int attempts,
    Instant createdAt,
    @Nullable Instant redrivenAt,
    @Nullable String redrivenBy) {

  /** What it was. */
  public enum Kind {
    /** A handing over that the outside system did not take. */
    DISPATCH,
    /** An exception that no rule routes. */
    CASE,
    /** A report that the storm guard held back. */
    REPORT
  }
}
