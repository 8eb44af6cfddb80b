package dev.signalbox.outside;

import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.CaseId;

/** What a message to a callback address turned out to be. */
public sealed interface CallbackReading {

  /**
   * An answer about one of our exceptions.
   *
   * @param messageId the sender's id of the message, the same on each of its retries
   */
  record Answer(String messageId, CaseId exception, Callback callback) implements CallbackReading {}

  /** Genuine, and nothing for us to do: a matter that is not ours, or news we do not follow. */
  record Ignored(String why) implements CallbackReading {}

  /** Not genuine: no signature, a wrong one, or too old. The words are safe to send back. */
  record Forged(String why) implements CallbackReading {}

  /** Genuine, and not understood. */
  record Malformed(String why) implements CallbackReading {}
}
