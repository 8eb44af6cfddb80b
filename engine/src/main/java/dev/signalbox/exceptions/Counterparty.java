package dev.signalbox.exceptions;

import org.jspecify.annotations.Nullable;

/**
 * The other side of the item.
 *
 * @param id the sender's stable id of it, at most 200 characters
 * @param name personal data; sealed in the journal
 * @param restricted only compliance may resolve its items
 * @param trusted small variances need no senior eye
 */
public record Counterparty(
    @Nullable String id,
    @Nullable String name,
    @Nullable RiskTier riskTier,
    boolean restricted,
    boolean trusted) {

  /** What tells this counterparty from another: its id, or its name where it has none. */
  public @Nullable String identity() {
    return id != null ? id : name;
  }
}
