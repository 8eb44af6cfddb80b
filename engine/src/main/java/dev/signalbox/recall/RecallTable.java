package dev.signalbox.recall;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Which exceptions there are in {@code exception_case}, in the order in which they came. */
final class RecallTable {
  private static final String PAGE =
      """
      SELECT id, opened_at FROM exception_case
      WHERE (opened_at, id) > (?, ?) AND opened_at < ? AND (?::text IS NULL OR context = ?)
      ORDER BY opened_at, id LIMIT ?
      """;

  private RecallTable() {}

  /** Where an exception stands in their order. */
  record Place(Instant openedAt, CaseId id) {
    static Place before(Instant at) {
      return new Place(at, new CaseId(new UUID(0, 0)));
    }
  }

  static List<Place> after(Tx tx, Place place, Stretch stretch, int limit) {
    return tx
        .query(
            PAGE,
            place.openedAt(),
            place.id().value(),
            stretch.until(),
            stretch.context(),
            stretch.context(),
            limit)
        .stream()
        .map(row -> new Place(row.instant("opened_at"), new CaseId(row.uuid("id"))))
        .toList();
  }

  static long count(Tx tx, Stretch stretch) {
    return tx.query(
            "SELECT count(*) AS n FROM exception_case WHERE opened_at >= ? AND opened_at < ?"
                + " AND (?::text IS NULL OR context = ?)",
            stretch.since(),
            stretch.until(),
            stretch.context(),
            stretch.context())
        .getFirst()
        .int64("n");
  }

  /** When the earliest of the newest exceptions came; the end when none did. */
  static Instant newest(Tx tx, Instant since, Instant until, int limit) {
    return tx.query(
            "SELECT coalesce(min(opened_at), ?) AS since FROM (SELECT opened_at FROM exception_case"
                + " WHERE opened_at >= ? AND opened_at < ? ORDER BY opened_at DESC LIMIT ?) AS newest",
            until,
            since,
            until,
            limit)
        .getFirst()
        .instant("since");
  }
}
