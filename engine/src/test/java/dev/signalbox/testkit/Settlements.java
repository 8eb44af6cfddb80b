package dev.signalbox.testkit;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Settlement;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;
import java.util.List;

/** What rules that nobody wrote settle. */
public final class Settlements {
  private static final Sha256 RULESET = new Sha256("ab".repeat(32));

  private Settlements() {}

  /** A match that nobody need approve. */
  public static Settlement of(String candidate, Instant asOf) {
    return of(new Resolution.AutoMatch(candidate), asOf);
  }

  /** A resolution that these must approve. */
  public static Settlement of(Resolution resolution, Instant asOf, Approval... needed) {
    return new Settlement(
        new Advice<>(
            RULESET,
            asOf,
            new Settled(resolution),
            List.of(new FiredRule("match", "It matches.")),
            List.of()),
        new Advice<>(
            RULESET,
            asOf,
            new ApprovalDecision(List.of(needed)),
            List.of(new FiredRule("free", "Nobody need approve.")),
            List.of()));
  }
}
