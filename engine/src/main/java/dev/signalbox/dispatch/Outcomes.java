package dev.signalbox.dispatch;

import dev.signalbox.outside.Attempt;
import org.jspecify.annotations.Nullable;

/** The words for what came of an attempt. */
final class Outcomes {

  private Outcomes() {}

  static String name(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Delivered delivered -> delivered.adopted() ? "ADOPTED" : "DELIVERED";
      case Attempt.RetryLater later -> "RETRY";
      case Attempt.Unknown unknown -> "UNKNOWN";
      case Attempt.Settling settling -> "SETTLING";
      case Attempt.RejectedByTarget rejected -> "REJECTED";
      case Attempt.TargetDown down -> "DOWN";
    };
  }

  static @Nullable String detail(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Delivered delivered -> delivered.externalReference();
      case Attempt.RetryLater later -> later.reason();
      case Attempt.Unknown unknown -> unknown.reason();
      case Attempt.Settling settling -> settling.reason();
      case Attempt.RejectedByTarget rejected -> rejected.reason();
      case Attempt.TargetDown down -> down.reason();
    };
  }
}
