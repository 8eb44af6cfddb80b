package dev.signalbox.rules.facts;

import dev.signalbox.exceptions.ReasonCode;
import java.math.BigDecimal;
import java.util.List;

/**
 * The exception as a rule sees it.
 *
 * @param amount what did not reconcile, without its sign, in its own currency
 * @param currency ISO 4217
 * @param baseAmount the same in the ruleset's reporting currency; 0 where it is not known
 * @param baseAmountKnown whether it is
 * @param transactionAgeHours whole hours since the transaction, or since the item was first
 *     detected, whichever is longer
 * @param confidence the matcher's best score, 0 to 1; 0 where there is none
 * @param party the counterparty; an unknown one where none is named
 * @param regulatory regimes touched, e.g. {@code SOX}
 * @param glAccount empty where there is none
 * @param candidates how many near matches there are
 * @param recurrences how often it came back after it had been resolved
 */
public record Item(
    String context,
    String source,
    ReasonCode reasonCode,
    BigDecimal amount,
    String currency,
    BigDecimal baseAmount,
    boolean baseAmountKnown,
    long transactionAgeHours,
    BigDecimal confidence,
    Party party,
    List<String> regulatory,
    String glAccount,
    int candidates,
    int recurrences) {}
