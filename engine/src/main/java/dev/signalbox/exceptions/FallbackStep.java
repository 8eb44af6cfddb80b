package dev.signalbox.exceptions;

import java.time.Duration;
import java.util.List;

/** One step of a fallback chain; its time counts from when the chain starts. */
public sealed interface FallbackStep {
  Duration after();

  /** Whoever has it is reminded. */
  record Remind(Duration after) implements FallbackStep {}

  /** It is taken from its holder and goes to another queue. */
  record Reassign(Duration after, QueueName queue) implements FallbackStep {}

  /**
   * It becomes a dead letter of a queue, the ledger holds what is related, and an alert is raised:
   * the end of the chain.
   */
  record DeadLetter(Duration after, QueueName queue) implements FallbackStep {}

  /**
   * @throws IllegalArgumentException when the steps are no chain
   */
  static void check(List<FallbackStep> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("A fallback chain has at least one step.");
    }
    var before = Duration.ZERO;
    for (int i = 0; i < chain.size(); i++) {
      var step = chain.get(i);
      if (step.after().compareTo(before) <= 0) {
        throw new IllegalArgumentException("The steps of a fallback chain ascend in time.");
      }
      if (step instanceof DeadLetter && i < chain.size() - 1) {
        throw new IllegalArgumentException("Nothing follows a dead letter in a fallback chain.");
      }
      before = step.after();
    }
  }
}
