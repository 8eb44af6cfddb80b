package dev.signalbox.adapters.jira;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import org.jspecify.annotations.Nullable;

/**
 * The labels by which an issue is found again: JIRA knows no idempotency key, so the dispatch id is
 * searched for before another issue is created, and the case's tells what a webhook is about.
 */
final class JiraLabels {
  static final String ALL = "signalbox";

  private static final String DISPATCH = "signalbox-";
  private static final String CASE = "signalbox-case-";

  private JiraLabels() {}

  static String of(DispatchId dispatch) {
    return DISPATCH + dispatch;
  }

  static String of(CaseId exception) {
    return CASE + exception;
  }

  /** The case that a label names; null for every other label. */
  static @Nullable CaseId exceptionIn(String label) {
    if (!label.startsWith(CASE)) {
      return null;
    }
    try {
      return CaseId.parse(label.substring(CASE.length()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
