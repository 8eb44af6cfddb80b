package dev.signalbox.exceptions.disputes;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do with a dispute. */
public sealed interface DisputeMove {

  /**
   * Begin one.
   *
   * @param externalCaseId the other party's id of the matter
   * @param draft whether it is put to the other party later
   */
  record Open(
      DisputeCategory category, String description, @Nullable String externalCaseId, boolean draft)
      implements DisputeMove {}

  /** Something about a dispute that there is. */
  sealed interface OfOne extends DisputeMove {
    UUID dispute();
  }

  /**
   * Put a draft to the other party.
   *
   * @param externalCaseId the other party's id of the matter; null when it gave none yet
   */
  record Submit(UUID dispute, @Nullable String externalCaseId) implements OfOne {}

  /** Add evidence; what waits for it goes on. */
  record GiveEvidence(UUID dispute, Evidence evidence) implements OfOne {}

  /** Say what evidence is missing. */
  record RequestEvidence(UUID dispute, String what) implements OfOne {}

  /**
   * Keep that the other party confirmed it.
   *
   * @param externalCaseId the other party's id of the matter
   */
  record Acknowledge(UUID dispute, @Nullable String externalCaseId, @Nullable String note)
      implements OfOne {}

  /** Keep what was said to the other party, or by it. */
  record Log(UUID dispute, Direction direction, String channel, String text) implements OfOne {}

  /** Decide it. */
  record Close(UUID dispute, boolean won, String resolution) implements OfOne {}

  /** Take a lost one up again. */
  record Reopen(UUID dispute, String reason) implements OfOne {}

  /** Which way a message went. */
  enum Direction {
    SENT,
    RECEIVED
  }
}
