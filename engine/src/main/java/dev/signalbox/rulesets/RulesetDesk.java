package dev.signalbox.rulesets;

/**
 * All that a node has of rulesets.
 *
 * @param active what decides
 * @param activations who says what decides
 * @param watch where new ones come from
 * @param evidence what speaks for them
 * @param shadows who says what is asked beside
 */
public record RulesetDesk(
    ActiveRuleset active,
    Activations activations,
    RulesetWatch watch,
    Evidence evidence,
    Shadows shadows) {}
