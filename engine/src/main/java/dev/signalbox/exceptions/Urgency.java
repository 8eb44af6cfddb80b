package dev.signalbox.exceptions;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of several open exceptions a reviewer takes next. An exception's urgency is an instant: its
 * due time, brought forward by what weighs on it. The earlier the instant, the more urgent.
 *
 * <table>
 * <caption>How many hours it is brought forward</caption>
 * <tr><td>severity</td><td>LOW 0, MEDIUM 12, HIGH 24, CRITICAL 48</td></tr>
 * <tr><td>amount in the reporting currency</td><td>12 for each factor of ten above 1,000, in
 *     proportion between; 36 at most; 36 where the amount is not known</td></tr>
 * <tr><td>counterparty</td><td>risk LOW 0, MEDIUM 2, HIGH 6, CRITICAL 12; restricted another
 *     12</td></tr>
 * </table>
 *
 * <p>So time passes for all of them alike: how long an exception is past its instant grows by an
 * hour in an hour, two exceptions never change places because of the time alone, and no row has to
 * be written again. Nothing starves: whatever comes later than {@link #FORWARD_MAX} after an
 * exception's instant stands behind it, since nothing is due before it came.
 */
public final class Urgency {
  /** By how much an exception is brought forward at most. */
  public static final Duration FORWARD_MAX = Duration.ofHours(108);

  private static final double SMALL = 1_000;
  private static final int MINUTES_PER_FACTOR = 12 * 60;
  private static final Duration AMOUNT_MAX = Duration.ofHours(36);
  private static final Duration RESTRICTED = Duration.ofHours(12);

  private Urgency() {}

  /** The instant of a case; null for one that is not classified. */
  static @Nullable Instant of(ExceptionCase state) {
    var standing = state.classification();
    return standing == null
        ? null
        : standing
            .dueAt()
            .minus(
                forward(
                    standing.severity(), standing.materiality(), state.report().counterparty()));
  }

  /**
   * By how much something is brought forward.
   *
   * @param materiality the amount in the reporting currency; null where nobody knows it
   */
  static Duration forward(
      Severity severity, @Nullable BigDecimal materiality, @Nullable Counterparty counterparty) {
    return bySeverity(severity).plus(byAmount(materiality)).plus(byRisk(counterparty));
  }

  private static Duration bySeverity(Severity severity) {
    return Duration.ofHours(
        switch (severity) {
          case LOW -> 0;
          case MEDIUM -> 12;
          case HIGH -> 24;
          case CRITICAL -> 48;
        });
  }

  /** StrictMath, so that every machine finds the same minute. */
  private static Duration byAmount(@Nullable BigDecimal materiality) {
    if (materiality == null) {
      return AMOUNT_MAX;
    }
    double factors = StrictMath.log10(Math.max(SMALL, materiality.abs().doubleValue()) / SMALL);
    var forward = Duration.ofMinutes((long) (factors * MINUTES_PER_FACTOR));
    return forward.compareTo(AMOUNT_MAX) < 0 ? forward : AMOUNT_MAX;
  }

  private static Duration byRisk(@Nullable Counterparty counterparty) {
    if (counterparty == null) {
      return Duration.ZERO;
    }
    var byTier =
        Duration.ofHours(
            switch (counterparty.riskTier()) {
              case null -> 0;
              case LOW -> 0;
              case MEDIUM -> 2;
              case HIGH -> 6;
              case CRITICAL -> 12;
            });
    return counterparty.restricted() ? byTier.plus(RESTRICTED) : byTier;
  }
}
