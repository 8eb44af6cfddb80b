package dev.signalbox.rules.facts;

import dev.signalbox.exceptions.ReasonCode;
import java.math.BigDecimal;
import java.util.List;

/**
 * The exception as a rule sees it: one fact per question.
 *
 * @param amount what did not reconcile, signed, in its own currency
 * @param currency ISO 4217
 * @param magnitude the amount without its sign in the ruleset's reporting currency, as the report
 *     says it, or else at the ruleset's rate of the transaction's day; where nobody knows it,
 *     {@link #UNKNOWN_MAGNITUDE}, so that a rule for small amounts never takes it
 * @param magnitudeKnown whether the report says it, or there is a rate
 * @param transactionAgeHours whole hours from the transaction date, or from the first detection if
 *     that was earlier, to the instant of the question; rounded down
 * @param confidence the matcher's best score, 0 to 1; 0 where the report has none
 * @param counterpartyId that of the counterparty, for rules that are many: the rules engine finds
 *     those that compare it with a text without trying each
 * @param regulatory regimes touched, e.g. {@code SOX}
 * @param glAccount the ledger account it would post to; empty where the report has none
 * @param candidates how many near matches the report has
 * @param recurrences how often it came back after it had been resolved
 * @param attributes what the sender added
 * @param parameters what {@code ruleset.yaml} sets for its context
 */
public record Item(
    String context,
    String source,
    ReasonCode reasonCode,
    BigDecimal amount,
    String currency,
    BigDecimal magnitude,
    boolean magnitudeKnown,
    long transactionAgeHours,
    BigDecimal confidence,
    Party counterparty,
    String counterpartyId,
    List<String> regulatory,
    String glAccount,
    int candidates,
    int recurrences,
    Attributes attributes,
    Parameters parameters) {

  /** More than any amount can be: 10 to the power of 39. */
  public static final BigDecimal UNKNOWN_MAGNITUDE = BigDecimal.TEN.pow(39);

  public Item {
    regulatory = List.copyOf(regulatory);
  }
}
