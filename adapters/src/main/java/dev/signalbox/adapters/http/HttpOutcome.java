package dev.signalbox.adapters.http;

import java.util.Map;

/** What came of a call. The reasons are for operators and hold no secret. */
public sealed interface HttpOutcome {

  /**
   * A status came.
   *
   * @param headers the first value of each, names in lower case
   * @param body read as UTF-8, whatever it is; at most {@link HttpCaller#ANSWER_BYTES_MAX} of it
   * @param cut whether there was more of it, or it broke off
   */
  record Answered(int status, Map<String, String> headers, String body, boolean cut)
      implements HttpOutcome {

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
      return "Answered[status=%d]".formatted(status);
    }
  }

  /** No connection was made, so nothing was asked. */
  record NotSent(String reason) implements HttpOutcome {}

  /** The address must not be called from here. */
  record Forbidden(String reason) implements HttpOutcome {}

  /** The request left, at least in part, and no answer came that could be understood. */
  record Unanswered(String reason) implements HttpOutcome {}
}
