package dev.signalbox.exceptions;

import org.jspecify.annotations.Nullable;

/**
 * What an item is called, in whose books.
 *
 * @param context the reconciliation context: book, legal entity or account pair
 * @param source the reporting system, e.g. {@code bank-a-mt940}
 * @param sourceRef the item's id in that system
 * @param period accounting period or occurrence, where the source reports the item once per period
 */
public record ItemIdentity(
    String context, String source, String sourceRef, @Nullable String period) {
  public static final String DEFAULT_CONTEXT = "default";

  public CaseId caseId() {
    return CaseId.of(context, source, sourceRef, period);
  }
}
