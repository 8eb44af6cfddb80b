package dev.signalbox.rules.facts;

import java.math.BigDecimal;

/**
 * A candidate of the item: for the rules of {@code resolve}, one fact for each.
 *
 * @param ref the candidate's id
 * @param source where it stands; empty where the report does not say
 * @param sameReference whether its reference is that of the item: its {@code sourceRef}, or the
 *     text {@code reference} of its attributes; spaces and case do not matter
 * @param difference between its amount and the item's, without the sign; where its amount is not
 *     known or in another currency, {@link Item#UNKNOWN_MAGNITUDE}
 * @param score the matcher's, 0 to 1; 0 where the report has none
 */
public record NearMatch(
    String ref, String source, boolean sameReference, BigDecimal difference, BigDecimal score) {}
