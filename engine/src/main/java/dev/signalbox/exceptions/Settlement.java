package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.Settled;

/** How rules settle an exception, and what other rules say on who must approve of that. */
public record Settlement(Advice<Settled> resolution, Advice<ApprovalDecision> approval) {

  /** Whether it takes effect: rules never wait for a person, they leave it to people instead. */
  public boolean isApproved() {
    return approval.decision().needed().isEmpty();
  }
}
