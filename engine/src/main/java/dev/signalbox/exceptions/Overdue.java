package dev.signalbox.exceptions;

/** What was not done by its due time. */
public enum Overdue {
  /** The exception itself: its SLA is breached. */
  RESOLUTION,
  /** The outside system's answer. */
  ANSWER
}
