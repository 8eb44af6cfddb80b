package dev.signalbox.exceptions;

import java.time.Instant;

/** What a case does next by itself, and when. */
public record Timer(Action action, Instant at) {

  /** What a timer may do. */
  public enum Action {
    RECLASSIFY,
    MARK_SLA_BREACHED,
    MARK_ANSWER_OVERDUE,
    REMIND,
    REASSIGN,
    DEAD_LETTER,
    WAKE;

    static Action of(FallbackStep step) {
      return switch (step) {
        case FallbackStep.Remind remind -> REMIND;
        case FallbackStep.Reassign reassign -> REASSIGN;
        case FallbackStep.DeadLetter letter -> DEAD_LETTER;
      };
    }
  }
}
