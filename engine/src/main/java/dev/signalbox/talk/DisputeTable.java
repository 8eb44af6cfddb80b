package dev.signalbox.talk;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.disputes.Dispute;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code dispute}: each dispute as its case has it, for finding. */
public final class DisputeTable {
  static final String COLUMNS =
      "d.id, d.case_id, d.category, d.state, d.evidence, d.entries, d.created_at, d.updated_at";

  private DisputeTable() {}

  static void put(Changes changes, List<FoundDispute> found) {
    var disputes = found.stream().map(FoundDispute::dispute).toList();
    changes.change(
        """
        INSERT INTO dispute (id, case_id, category, state, evidence, entries, created_at, updated_at)
        SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::int[], ?::int[],
          ?::timestamptz[], ?::timestamptz[])
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, evidence = excluded.evidence,
          entries = excluded.entries, updated_at = excluded.updated_at
        """,
        SqlArray.uuids(disputes.stream().map(Dispute::id).toList()),
        SqlArray.uuids(found.stream().map(one -> one.caseId().value()).toList()),
        SqlArray.texts(disputes.stream().map(one -> one.category().name()).toList()),
        SqlArray.texts(disputes.stream().map(one -> one.state().name()).toList()),
        SqlArray.ints(disputes.stream().map(Dispute::evidence).toList()),
        SqlArray.ints(disputes.stream().map(Dispute::entries).toList()),
        SqlArray.instants(disputes.stream().map(Dispute::createdAt).toList()),
        SqlArray.instants(disputes.stream().map(Dispute::updatedAt).toList()));
  }

  /** The dispute; null when there is none. */
  public static @Nullable FoundDispute find(Tx tx, UUID id) {
    var rows = tx.query("SELECT " + COLUMNS + " FROM dispute AS d WHERE d.id = ?", id);
    return rows.isEmpty() ? null : found(rows.getFirst());
  }

  /** All of a range of cases. */
  public static List<FoundDispute> between(Tx tx, CaseId from, CaseId to) {
    return tx
        .query(
            "SELECT " + COLUMNS + " FROM dispute AS d WHERE d.case_id BETWEEN ? AND ?",
            from.value(),
            to.value())
        .stream()
        .map(DisputeTable::found)
        .toList();
  }

  static FoundDispute found(Row row) {
    return new FoundDispute(
        new CaseId(row.uuid("case_id")),
        new Dispute(
            row.uuid("id"),
            DisputeCategory.valueOf(row.text("category")),
            DisputeState.valueOf(row.text("state")),
            row.int32("evidence"),
            row.int32("entries"),
            row.instant("created_at"),
            row.instant("updated_at")));
  }
}
