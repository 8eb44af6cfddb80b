package dev.signalbox.desk;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list, in which order.
 *
 * @param cursor null for the first page
 * @param limit 1 to {@value CasePage#LIMIT_MAX}
 */
public record CasePageRequest(
    CaseSort sort, boolean descending, @Nullable CaseCursor cursor, int limit) {

  /**
   * Checks the limit, and that the cursor belongs to a list in this order.
   *
   * @throws IllegalArgumentException in words for the caller
   */
  public CasePageRequest {
    if (limit < 1 || limit > CasePage.LIMIT_MAX) {
      throw new IllegalArgumentException(
          "A page holds 1 to %d items, not %d.".formatted(CasePage.LIMIT_MAX, limit));
    }
    if (cursor != null && (cursor.sort() != sort || cursor.descending() != descending)) {
      throw new IllegalArgumentException(
          "The cursor belongs to a list in another order. Maybe begin again without one.");
    }
  }
}
