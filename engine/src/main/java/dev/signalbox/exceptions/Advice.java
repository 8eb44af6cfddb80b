package dev.signalbox.exceptions;

import java.time.Instant;
import java.util.List;

/**
 * A decision with all that is needed to explain it and to make it again: which ruleset, as of when,
 * and the rules that fired. It is copied into the event, so replaying a case needs no rules.
 *
 * @param ruleset the digest of the ruleset that decided
 * @param asOf the instant the rules took for now
 * @param fired each rule once: the highest salience first, then by id
 * @param conflicts notes on rules that disagreed, and how that was settled; empty as a rule
 */
public record Advice<D extends Decision>(
    Sha256 ruleset, Instant asOf, D decision, List<FiredRule> fired, List<String> conflicts) {
  public Advice {
    fired = List.copyOf(fired);
    conflicts = List.copyOf(conflicts);
  }
}
