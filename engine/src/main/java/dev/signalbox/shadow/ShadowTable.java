package dev.signalbox.shadow;

import dev.signalbox.backtest.Examples;
import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.shadow.Findings.Entry;
import dev.signalbox.shadow.Findings.Totals;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The tables {@code shadow_total} and {@code shadow_difference}. */
final class ShadowTable {

  private ShadowTable() {}

  /** Adds to what is there; in the order of the findings, which is one on all nodes. */
  static void add(Changes changes, long shadow, Findings findings) {
    var totals = findings.totals();
    changes.change(
        """
        INSERT INTO shadow_total AS known
          (shadow, same, differs, failed, dropped, unsampled, took_micros)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (shadow) DO UPDATE
          SET same = known.same + excluded.same,
              differs = known.differs + excluded.differs,
              failed = known.failed + excluded.failed,
              dropped = known.dropped + excluded.dropped,
              unsampled = known.unsampled + excluded.unsampled,
              took_micros = known.took_micros + excluded.took_micros
        """,
        shadow,
        totals.same(),
        totals.differs(),
        totals.failed(),
        totals.dropped(),
        totals.unsampled(),
        totals.took().dividedBy(ChronoUnit.MICROS.getDuration()));
    if (!findings.differences().isEmpty()) {
      add(changes, shadow, findings.differences());
    }
  }

  private static void add(Changes changes, long shadow, List<Entry> differences) {
    changes.change(
        """
        INSERT INTO shadow_difference AS known (shadow, what, was, becomes, count, examples)
        SELECT ?, what, was, becomes, count, examples::uuid[]
        FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
          AS found (what, was, becomes, count, examples)
        ON CONFLICT (shadow, what, was, becomes) DO UPDATE
          SET count = known.count + excluded.count,
              examples = ARRAY(
                SELECT DISTINCT id FROM unnest(known.examples || excluded.examples) AS id
                ORDER BY id LIMIT %d)
        """
            .formatted(Examples.MAX),
        shadow,
        SqlArray.texts(differences.stream().map(Entry::what).toList()),
        SqlArray.texts(differences.stream().map(Entry::was).toList()),
        SqlArray.texts(differences.stream().map(Entry::becomes).toList()),
        SqlArray.longs(differences.stream().map(Entry::count).toList()),
        SqlArray.texts(differences.stream().map(ShadowTable::array).toList()));
  }

  private static String array(Entry entry) {
    return entry.examples().stream()
        .map(CaseId::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** All that was saved of a shadow. */
  static Findings of(Tx tx, long shadow) {
    var totals =
        tx.query(
            "SELECT same, differs, failed, dropped, unsampled, took_micros FROM shadow_total"
                + " WHERE shadow = ?",
            shadow);
    var differences =
        tx.query(
            "SELECT what, was, becomes, count, examples::text[] AS examples FROM shadow_difference"
                + " WHERE shadow = ? ORDER BY what, count DESC, was, becomes",
            shadow);
    return new Findings(
        totals.isEmpty() ? Totals.NONE : totals(totals.getFirst()),
        differences.stream().map(ShadowTable::entry).toList());
  }

  private static Totals totals(Row row) {
    return new Totals(
        row.int64("same"),
        row.int64("differs"),
        row.int64("failed"),
        row.int64("dropped"),
        row.int64("unsampled"),
        Duration.of(row.int64("took_micros"), ChronoUnit.MICROS));
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.text("what"),
        row.text("was"),
        row.text("becomes"),
        row.int64("count"),
        examples(row.texts("examples")));
  }

  private static List<CaseId> examples(List<String> ids) {
    return ids.stream().map(CaseId::parse).toList();
  }
}
