package dev.signalbox.desk;

import dev.signalbox.exceptions.DispatchId;
import java.util.Set;

/** Rolls a commit back because some of the leases it was made under belong to others by now. */
final class LeasesLost extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Set<DispatchId> held;

  LeasesLost(Set<DispatchId> held) {
    super("Another node has some of the work.", null, false, false);
    this.held = Set.copyOf(held);
  }

  /** What is still held. */
  Set<DispatchId> held() {
    return held;
  }
}
