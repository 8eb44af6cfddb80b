package dev.signalbox.reviewers;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Claim;
import dev.signalbox.exceptions.LeaseEnd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code claim}: until when each claim lasts, by the database's clock. A row is written
 * and removed in the commit of its case; only a heartbeat changes it in between. A claim that is
 * over stays over: no heartbeat brings it back.
 */
public final class ClaimTable {
  private static final String LEFT =
      "greatest(0, ceil(extract(epoch FROM expires_at - clock_timestamp())))::bigint AS seconds_left";

  private ClaimTable() {}

  /** A claim that begins. */
  public record Begun(CaseId id, Claim claim) {}

  /** A claim that is over, and that nobody has said so of yet. */
  public record Over(CaseId id, long fence) {}

  /** The ends of the claims of these cases; of one that has no row, nothing is known. */
  public static Map<CaseId, LeaseEnd> ends(Tx tx, Collection<CaseId> ids) {
    var ends = new HashMap<CaseId, LeaseEnd>();
    if (ids.isEmpty()) {
      return ends;
    }
    var rows =
        tx.query(
            "SELECT case_id, expires_at, %s FROM claim WHERE case_id = ANY (?::uuid[])"
                .formatted(LEFT),
            uuids(ids));
    for (var row : rows) {
      ends.put(new CaseId(row.uuid("case_id")), end(row));
    }
    return ends;
  }

  /** Lets claims begin, in the place of older ones of the same cases. */
  public static void begin(Changes changes, List<Begun> begun) {
    var ids = new ArrayList<UUID>();
    var holders = new ArrayList<String>();
    var fences = new ArrayList<Long>();
    var leases = new ArrayList<Long>();
    for (var one : begun) {
      ids.add(one.id().value());
      holders.add(one.claim().by());
      fences.add(one.claim().fence());
      leases.add(one.claim().lease().toSeconds());
    }
    changes.changeExactly(
        begun.size(),
        """
        INSERT INTO claim (case_id, holder, fence, lease_seconds, expires_at)
        SELECT id, holder, fence, seconds, clock_timestamp() + make_interval(secs => seconds)
        FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[])
          AS new (id, holder, fence, seconds)
        ON CONFLICT (case_id) DO UPDATE SET holder = excluded.holder, fence = excluded.fence,
          lease_seconds = excluded.lease_seconds, expires_at = excluded.expires_at
        """,
        SqlArray.uuids(ids),
        SqlArray.texts(holders),
        SqlArray.longs(fences),
        SqlArray.longs(leases));
  }

  /** Removes the claims of cases that nobody holds any more. */
  public static void end(Changes changes, List<CaseId> ended) {
    changes.change("DELETE FROM claim WHERE case_id = ANY (?::uuid[])", uuids(ended));
  }

  /** Lets a claim last for its lease from now on; null when it is over, or not that one. */
  public static @Nullable LeaseEnd prolong(Tx tx, CaseId id, String holder, long fence) {
    var rows =
        tx.query(
            """
            UPDATE claim SET expires_at = clock_timestamp() + make_interval(secs => lease_seconds)
            WHERE case_id = ? AND holder = ? AND fence = ? AND expires_at > clock_timestamp()
            RETURNING expires_at, lease_seconds AS seconds_left
            """,
            id.value(),
            holder,
            fence);
    return rows.isEmpty() ? null : end(rows.getFirst());
  }

  /** Claims that are over, those first that have been for longest. */
  public static List<Over> over(Tx tx, int limit) {
    return tx
        .query(
            "SELECT case_id, fence FROM claim WHERE expires_at <= now() ORDER BY expires_at LIMIT ?",
            limit)
        .stream()
        .map(row -> new Over(new CaseId(row.uuid("case_id")), row.int64("fence")))
        .toList();
  }

  private static LeaseEnd end(Row row) {
    return new LeaseEnd(row.instant("expires_at"), row.int64("seconds_left"));
  }

  private static SqlArray uuids(Collection<CaseId> ids) {
    return SqlArray.uuids(ids.stream().map(CaseId::value).toList());
  }
}
