package dev.signalbox.exceptions;

import org.jspecify.annotations.Nullable;

/** How an exception was settled. */
public sealed interface Resolution {

  /** Settled by an outside system, which said so in a callback. */
  record External(String system, @Nullable String externalReference, @Nullable String notes)
      implements Resolution {}

  /** The source withdrew the item: the counterpart arrived. */
  record AutoCleared(@Nullable String reason) implements Resolution {}
}
