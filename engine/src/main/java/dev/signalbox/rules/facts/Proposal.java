package dev.signalbox.rules.facts;

import dev.signalbox.exceptions.ResolutionKind;
import java.math.BigDecimal;

/**
 * A resolution that somebody proposes: a fact for the rules of {@code gate} and {@code approve}.
 *
 * @param proposer who proposes it
 * @param role the proposer's highest role, e.g. {@code ANALYST}; empty where it is no person
 * @param model which model inferred it; empty where none did
 * @param confidence the proposer's own, 0 to 1; 0 where it has none
 * @param candidate the candidate it takes; empty where it takes none
 * @param candidateKnown whether the item has that candidate
 * @param magnitude what it posts, without its sign, in the ruleset's reporting currency; where
 *     nobody knows it, {@link Item#UNKNOWN_MAGNITUDE}
 * @param magnitudeKnown whether it is known
 */
public record Proposal(
    ResolutionKind kind,
    Proposer proposer,
    String role,
    String model,
    BigDecimal confidence,
    String candidate,
    boolean candidateKnown,
    BigDecimal magnitude,
    boolean magnitudeKnown) {}
