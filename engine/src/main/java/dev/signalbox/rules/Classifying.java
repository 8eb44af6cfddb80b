package dev.signalbox.rules;

import dev.signalbox.exceptions.Severity;
import org.jspecify.annotations.Nullable;

/** How a rule of {@code classify} speaks: the global {@code classify}. The gravest word counts. */
public final class Classifying {
  private @Nullable Severity gravest;

  Classifying() {}

  /** Says how grave the item is, at least. */
  public void severity(Severity severity) {
    if (gravest == null || severity.isGraverThan(gravest)) {
      gravest = severity;
    }
  }

  @Nullable Severity gravest() {
    return gravest;
  }
}
