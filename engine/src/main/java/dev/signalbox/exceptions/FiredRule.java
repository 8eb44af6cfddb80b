package dev.signalbox.exceptions;

/**
 * A rule that took part in a decision.
 *
 * @param id the rule's {@code @id}
 * @param because the rule's {@code @because}, shown to reviewers and auditors
 */
public record FiredRule(String id, String because) {}
