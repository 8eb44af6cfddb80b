package dev.signalbox.ops.generate;

import dev.signalbox.exceptions.ReasonCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Why the generated items did not reconcile, in plausible shares. */
final class Reasons {
  private static final Map<ReasonCode, Integer> PER_MILLE = new EnumMap<>(ReasonCode.class);

  static {
    PER_MILLE.put(ReasonCode.TIMING_MISMATCH, 220);
    PER_MILLE.put(ReasonCode.NO_CANDIDATE, 180);
    PER_MILLE.put(ReasonCode.AMOUNT_WITHIN_TOLERANCE, 120);
    PER_MILLE.put(ReasonCode.BELOW_CONFIDENCE, 100);
    PER_MILLE.put(ReasonCode.AMOUNT_OUTSIDE_TOLERANCE, 80);
    PER_MILLE.put(ReasonCode.MISSING_RECORD, 70);
    PER_MILLE.put(ReasonCode.MISSING_REFERENCE, 60);
    PER_MILLE.put(ReasonCode.FX_VARIANCE, 50);
    PER_MILLE.put(ReasonCode.IDENTIFIER_MISMATCH, 40);
    PER_MILLE.put(ReasonCode.DUPLICATE_RECORD, 30);
    PER_MILLE.put(ReasonCode.VALIDATION_FAILED, 20);
    PER_MILLE.put(ReasonCode.DUPLICATE_REJECTED, 12);
    PER_MILLE.put(ReasonCode.SOURCE_IMBALANCE, 10);
    PER_MILLE.put(ReasonCode.OTHER, 8);
  }

  private static final List<String> SOURCES =
      List.of("bank-a-mt940", "bank-b-camt053", "card-processor", "psp-settlement");

  private Reasons() {}

  static ReasonCode pick(Random random) {
    int chance = random.nextInt(1_000);
    for (var reason : PER_MILLE.entrySet()) {
      chance -= reason.getValue();
      if (chance < 0) {
        return reason.getKey();
      }
    }
    return ReasonCode.OTHER;
  }

  static String source(ReasonCode reason, Random random) {
    return reason == ReasonCode.VALIDATION_FAILED
        ? "card-processor"
        : SOURCES.get(random.nextInt(SOURCES.size()));
  }

  static String details(ReasonCode reason, Random random) {
    return switch (reason) {
      case NO_CANDIDATE -> "Nothing in the ledger comes near in amount or date.";
      case BELOW_CONFIDENCE -> "The best match scores below the threshold of 0.95.";
      case DUPLICATE_REJECTED -> "The statement line was received before.";
      case SOURCE_IMBALANCE -> "Opening balance plus movements is not the closing balance.";
      case IDENTIFIER_MISMATCH -> "The end-to-end id differs in its last characters.";
      case TIMING_MISMATCH -> "The value dates are %d days apart.".formatted(1 + random.nextInt(4));
      case AMOUNT_WITHIN_TOLERANCE -> "The amounts differ by less than the tolerance.";
      case AMOUNT_OUTSIDE_TOLERANCE -> "The amounts differ by more than the tolerance.";
      case MISSING_RECORD -> "The settlement file has no such record.";
      case DUPLICATE_RECORD -> "Two records carry the same reference.";
      case MISSING_REFERENCE -> "The remittance information is empty.";
      case FX_VARIANCE -> "The booked rate and the settled rate differ.";
      case VALIDATION_FAILED -> "The record lacks a mandatory field.";
      case OTHER -> "The operator marked the item by hand.";
    };
  }

  /** Every fourth item of these reasons needs nobody's eye. */
  static boolean isClean(ReasonCode reason, long number) {
    return number % 4 == 0
        && (reason == ReasonCode.TIMING_MISMATCH
            || reason == ReasonCode.IDENTIFIER_MISMATCH
            || reason == ReasonCode.AMOUNT_WITHIN_TOLERANCE);
  }

  static int candidates(ReasonCode reason, Random random) {
    return switch (reason) {
      case NO_CANDIDATE, MISSING_RECORD, SOURCE_IMBALANCE, VALIDATION_FAILED -> 0;
      case BELOW_CONFIDENCE, IDENTIFIER_MISMATCH, MISSING_REFERENCE -> 1 + random.nextInt(3);
      case DUPLICATE_REJECTED,
          TIMING_MISMATCH,
          AMOUNT_WITHIN_TOLERANCE,
          AMOUNT_OUTSIDE_TOLERANCE,
          DUPLICATE_RECORD,
          FX_VARIANCE,
          OTHER ->
          1;
    };
  }
}
