package dev.signalbox.exceptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an exception was settled. */
public sealed interface Resolution {

  /** The word for it in the journal, in answers and metrics. */
  ResolutionKind kind();

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
