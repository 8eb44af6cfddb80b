package dev.signalbox.audit;

/** What was decided. */
public enum Point {
  SEVERITY,
  ROUTE,
  RESOLUTION,
  APPROVALS,
  FALLBACK
}
