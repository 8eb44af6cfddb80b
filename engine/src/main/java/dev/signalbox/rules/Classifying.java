package dev.signalbox.rules;

import dev.signalbox.exceptions.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a rule of {@code classify} speaks: the global {@code classify}. The gravest word counts; of
 * several SLAs said with it, the shortest.
 */
public final class Classifying {
  private @Nullable Severity gravest;
  private @Nullable Duration sla;

  Classifying() {}

  /** The item is at least as grave as this, with the SLA that {@code ruleset.yaml} sets for it. */
  public void severity(Severity severity) {
    if (gravest == null || severity.isGraverThan(gravest)) {
      gravest = severity;
      sla = null;
    }
  }

  /** The item is at least as grave as this, and must be resolved within so many hours. */
  public void severity(Severity severity, int slaHours) {
    if (slaHours <= 0) {
      throw new IllegalArgumentException("An SLA of " + slaHours + " hours is over at once.");
    }
    severity(severity);
    var said = Duration.ofHours(slaHours);
    if (severity == gravest && (sla == null || said.compareTo(sla) < 0)) {
      sla = said;
    }
  }

  /** What counts; null when no rule spoke. */
  @Nullable Severity gravest() {
    return gravest;
  }

  /** The SLA a rule said; null for that of the ruleset. */
  @Nullable Duration sla() {
    return sla;
  }
}
