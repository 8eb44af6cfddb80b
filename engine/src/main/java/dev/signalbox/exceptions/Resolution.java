package dev.signalbox.exceptions;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an exception was settled. */
public sealed interface Resolution {

  /** The word for it in the journal, in answers and metrics. */
  ResolutionKind kind();

  /** Why it is not one of this item; null when it may be. */
  default @Nullable Refusal misfit(ExceptionReport report) {
    return null;
  }

  /** What it posts; null where that is the whole item. */
  default @Nullable Money posts() {
    return null;
  }

  /**
   * A person takes a match that the matcher did not take.
   *
   * @param reason in the words of whoever decided it
   * @param candidate the candidate's {@code ref}; null where it is none of those reported
   */
  record ForceMatch(String reason, String notes, @Nullable String candidate) implements Resolution {
    @Override
    public ResolutionKind kind() {
      return ResolutionKind.FORCE_MATCH;
    }

    @Override
    public @Nullable Refusal misfit(ExceptionReport report) {
      return candidate == null
              || report.candidates().stream().anyMatch(known -> known.ref().equals(candidate))
          ? null
          : new Refusal.Misfit(
              "The exception has no candidate \"%s\"; it has %s."
                  .formatted(
                      candidate,
                      report.candidates().isEmpty()
                          ? "none"
                          : report.candidates().stream()
                              .limit(5)
                              .map(Candidate::ref)
                              .collect(Collectors.joining(", "))));
    }
  }

  /**
   * A posting makes up for the difference.
   *
   * @param reason in the words of whoever decided it
   * @param effectiveAt when it counts in the books; null for when it is posted
   */
  record Adjustment(
      AdjustmentType type,
      Money money,
      String reason,
      String description,
      @Nullable Instant effectiveAt)
      implements Resolution {
    @Override
    public ResolutionKind kind() {
      return ResolutionKind.ADJUSTMENT;
    }

    @Override
    public Money posts() {
      return money;
    }
  }

  /** What an adjustment is for. */
  enum AdjustmentType {
    BANK_FEE,
    FX_VARIANCE,
    TIMING_DIFFERENCE,
    ROUNDING,
    CORRECTION,
    OTHER
  }

  /**
   * The item is given up.
   *
   * @param referenceDocument where that was decided
   */
  record WriteOff(WriteOffReason reason, String notes, String referenceDocument)
      implements Resolution {
    @Override
    public ResolutionKind kind() {
      return ResolutionKind.WRITE_OFF;
    }
  }

  /** Why an item is given up. */
  enum WriteOffReason {
    DUPLICATE_ENTRY,
    CANCELLED,
    NOT_APPLICABLE,
    BELOW_THRESHOLD,
    APPROVED_VARIANCE
  }

  /** The item is several items in truth. */
  record Split(List<Part> parts, @Nullable String notes) implements Resolution {

    /** A part of it, and what it belongs to. */
    public record Part(Money money, String target) {}

    public Split {
      parts = List.copyOf(parts);
    }

    @Override
    public ResolutionKind kind() {
      return ResolutionKind.SPLIT;
    }

    @Override
    public @Nullable Refusal misfit(ExceptionReport report) {
      var whole = report.money();
      if (parts.stream().anyMatch(part -> !part.money().currency().equals(whole.currency()))) {
        return new Refusal.Misfit(
            "The parts of a split are in the currency of the item, %s."
                .formatted(whole.currency()));
      }
      var sum =
          parts.stream()
              .map(part -> part.money().amount())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      return sum.compareTo(whole.amount()) == 0
          ? null
          : new Refusal.Misfit(
              "The parts come to %s %s, and the item is %s."
                  .formatted(sum.toPlainString(), whole.currency(), whole));
    }
  }

  /** Settled by an outside system, which said so in a callback. */
  record External(String system, @Nullable String externalReference, @Nullable String notes)
      implements Resolution {
    @Override
    public ResolutionKind kind() {
      return ResolutionKind.EXTERNAL;
    }
  }

  /** The source withdrew the item: the counterpart arrived. */
  record AutoCleared(@Nullable String reason) implements Resolution {
    @Override
    public ResolutionKind kind() {
      return ResolutionKind.AUTO_CLEARED;
    }
  }

  /**
   * Rules matched the item with one of its candidates.
   *
   * @param candidate the candidate's {@code ref}
   */
  record AutoMatch(String candidate) implements Resolution {
    @Override
    public ResolutionKind kind() {
      return ResolutionKind.AUTO_MATCH;
    }
  }

  /**
   * The difference is accepted: until it expires, further reports of the item change nothing.
   *
   * @param note why it is accepted
   * @param expiresAt null when it does not expire
   */
  record KnownDifference(String note, @Nullable Instant expiresAt) implements Resolution {
    @Override
    public ResolutionKind kind() {
      return ResolutionKind.KNOWN_DIFFERENCE;
    }

    /** Whether a detection at that instant is of the difference that was accepted. */
    public boolean covers(Instant detected) {
      return expiresAt == null || detected.isBefore(expiresAt);
    }
  }
}
