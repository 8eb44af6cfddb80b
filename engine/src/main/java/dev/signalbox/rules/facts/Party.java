package dev.signalbox.rules.facts;

/**
 * The counterparty as a rule sees it; there always is one.
 *
 * @param id the sender's id of it; empty where it has none
 * @param known whether the report names one
 * @param restricted only compliance may resolve its items
 * @param trusted small variances need no senior eye
 */
public record Party(
    String id, boolean known, PartyRisk riskTier, boolean restricted, boolean trusted) {

  /** The counterparty of a report that names none: not restricted, and not trusted. */
  public static final Party NONE = new Party("", false, PartyRisk.UNKNOWN, false, false);
}
