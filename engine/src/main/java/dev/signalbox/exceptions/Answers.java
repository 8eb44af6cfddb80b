package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import java.util.List;

/** What an outside system's answer does to the case that waits for it. */
final class Answers {
  private Answers() {}

  /** An answer about an earlier matter, e.g. a ticket that was replaced, settles nothing now. */
  static Outcome decide(ExceptionCase current, Callback callback) {
    if (current.isBeingPosted()) {
      var posting = Books.underWay(current);
      return new Refused(
          posting, List.of(new CaseEvent.CallbackIgnored(callback, posting.detail())));
    }
    var pending = current.pending();
    if (pending != null
        && pending.externalReference() != null
        && callback.externalReference() != null
        && !pending.externalReference().equals(callback.externalReference())) {
      var other =
          new Refusal.OtherMatter(pending.externalReference(), callback.externalReference());
      return new Refused(other, List.of(new CaseEvent.CallbackIgnored(callback, other.detail())));
    }
    var received = new CaseEvent.CallbackReceived(callback);
    return new Accepted(
        switch (callback.verdict()) {
          case PROGRESS -> List.of(received);
          case RESOLVED -> List.of(received, new CaseEvent.Resolved(resolution(callback)));
          case REOPENED -> List.of(received, new CaseEvent.Reopened(callback.status()));
          case ASSIGNED -> List.of(received, new CaseEvent.Assigned(assignee(callback)));
        });
  }

  private static Resolution resolution(Callback callback) {
    return new Resolution.External(
        callback.system(), callback.externalReference(), callback.notes());
  }

  private static String assignee(Callback callback) {
    if (callback.assignee() == null) {
      throw new IllegalStateException("A callback that assigns was read without an assignee.");
    }
    return callback.assignee();
  }
}
