package dev.signalbox.exceptions;

import java.util.List;

/** What the lifecycle says to a command. */
public sealed interface Outcome {

  /** The command is accepted; no event means that there was nothing to do (a duplicate). */
  record Accepted(List<CaseEvent> events) implements Outcome {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * The command is refused.
   *
   * @param remembered what the journal keeps of the attempt; empty as a rule
   */
  record Refused(Refusal refusal, List<CaseEvent> remembered) implements Outcome {
    public Refused {
      remembered = List.copyOf(remembered);
    }

    static Refused because(Refusal refusal) {
      return new Refused(refusal, List.of());
    }
  }
}
