package dev.signalbox.exceptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An outside system's answer about an exception that was handed to it.
 *
 * @param system the outside system, e.g. {@code JIRA}
 * @param externalReference its id of the matter, e.g. {@code REC-24}; null where it has none
 * @param verdict what it asks for
 * @param status its own word for that, verbatim
 * @param notes free text, may hold personal data; sealed in the journal
 * @param assignee required when the verdict is ASSIGNED
 * @param updatedAt when the outside system changed it, by its own clock
 */
public record Callback(
    String system,
    @Nullable String externalReference,
    Verdict verdict,
    String status,
    @Nullable String notes,
    @Nullable String assignee,
    @Nullable Instant updatedAt) {

  /** What a callback asks for. */
  public enum Verdict {
    /** The matter is settled outside. */
    RESOLVED,
    /** The matter comes back: nobody outside will settle it. */
    REOPENED,
    /** The matter comes back to a named person. */
    ASSIGNED,
    /** News that changes nothing here, e.g. work has begun. */
    PROGRESS
  }

  public Callback {
    if (verdict == Verdict.ASSIGNED && assignee == null) {
      throw new IllegalArgumentException("A callback that assigns needs an \"assignee\".");
    }
  }
}
