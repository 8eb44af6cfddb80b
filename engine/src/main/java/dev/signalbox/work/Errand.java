package dev.signalbox.work;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;

/** What follows from an event, in the same commit. */
public sealed interface Errand {

  /** New work. */
  record Add(WorkItem item) implements Errand {}

  /**
   * Nobody needs the outside any more for this case. What the ledger was asked to do goes on: it
   * may have begun.
   */
  record Cancel(CaseId caseId) implements Errand {}

  /** The work could not be done; it becomes a dead letter, whole. */
  record Park(CaseId caseId, DispatchId dispatch, String reason) implements Errand {}

  /** The case itself is a dead letter: no rule routes it, or nobody took care of it. */
  record ParkCase(ExceptionCase state, String reason) implements Errand {}

  /** The case is no dead letter any more. */
  record Unpark(CaseId caseId) implements Errand {}
}
