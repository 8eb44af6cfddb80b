package dev.signalbox.desk;

import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.RiskTier;
import org.jspecify.annotations.Nullable;

/** The order in which open items deserve a look: severity first, then the counterparty's risk. */
final class Priority {
  private static final int PER_SEVERITY = 10;
  private static final int RESTRICTED = 5;

  private Priority() {}

  /** Higher is sooner; 0 to 40. */
  static int of(ExceptionCase state) {
    var classification = state.classification();
    return classification == null
        ? 0
        : PER_SEVERITY * classification.severity().rank() + risk(state.report().counterparty());
  }

  private static int risk(@Nullable Counterparty counterparty) {
    if (counterparty == null) {
      return 0;
    }
    return tier(counterparty.riskTier()) + (counterparty.restricted() ? RESTRICTED : 0);
  }

  private static int tier(@Nullable RiskTier tier) {
    return switch (tier) {
      case null -> 0;
      case LOW -> 1;
      case MEDIUM -> 2;
      case HIGH -> 3;
      case CRITICAL -> 4;
    };
  }
}
