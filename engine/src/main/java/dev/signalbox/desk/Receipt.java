package dev.signalbox.desk;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the desk answers. It is given after the commit, never before. */
public sealed interface Receipt {

  /**
   * Accepted, and on disk.
   *
   * @param state the case after it
   * @param events what happened; empty when there was nothing to do, or when this is an answer
   *     given before under the same key
   */
  record Done(ExceptionCase state, List<CaseEvent> events, Effect effect) implements Receipt {
    public Done {
      events = List.copyOf(events);
    }
  }

  /**
   * Refused.
   *
   * @param state the case as it stands; null when there is none, or when this is an answer given
   *     before
   */
  record Refused(Refusal refusal, @Nullable ExceptionCase state) implements Receipt {}

  /** The storm guard holds the report back, whole, as a dead letter. */
  record HeldBack(UUID deadLetter) implements Receipt {}

  /** Another node has the work by now; nothing was changed here. */
  record LeaseLost() implements Receipt {}
}
