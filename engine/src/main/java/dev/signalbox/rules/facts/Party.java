package dev.signalbox.rules.facts;

import dev.signalbox.exceptions.RiskTier;

/**
 * The counterparty as a rule sees it.
 *
 * @param id empty where it has none
 * @param riskTier LOW where none is given
 * @param restricted only compliance may resolve its items
 * @param trusted small variances need no senior eye
 * @param known whether the report names one
 */
public record Party(
    String id, RiskTier riskTier, boolean restricted, boolean trusted, boolean known) {}
