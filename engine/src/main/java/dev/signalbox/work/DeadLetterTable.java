package dev.signalbox.work;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.journal.ReportJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code dead_letter}. */
public final class DeadLetterTable {
  private static final String COLUMNS =
      "id, kind, case_id, dispatch, target, queue, reason, attempts, created_at, redriven_at, redriven_by";

  private DeadLetterTable() {}

  /** Moves work, whole, to the dead letters. Its row goes with the lease it was done under. */
  static void park(Changes changes, Errand.Park park) {
    changes.change(
        """
        INSERT INTO dead_letter (id, kind, case_id, dispatch, target, queue, reason, attempts, body)
        SELECT gen_random_uuid(), 'DISPATCH', case_id, id, target, queue, ?, attempts, body
        FROM work WHERE case_id = ? AND id = ?
        """,
        park.reason(),
        park.caseId().value(),
        park.dispatch().value());
  }

  static void parkCase(Changes changes, Errand.ParkCase park) {
    changes.change(
        """
        INSERT INTO dead_letter (id, kind, case_id, reason)
        VALUES (gen_random_uuid(), 'CASE', ?, ?)
        """,
        park.state().id().value(),
        park.reason());
  }

  static void settleCase(Changes changes, CaseId id) {
    changes.change(
        """
        UPDATE dead_letter SET redriven_at = clock_timestamp()
        WHERE case_id = ? AND kind = 'CASE' AND redriven_at IS NULL
        """,
        id.value());
  }

  /** Keeps reports that the storm guard held back; the same report is kept once. */
  public static void keep(Changes changes, List<HeldReport> reports) {
    var ids = new ArrayList<UUID>();
    var cases = new ArrayList<UUID>();
    var reasons = new ArrayList<String>();
    var bodies = new ArrayList<byte[]>();
    for (var held : reports) {
      var identity = held.report().identity();
      ids.add(held.id());
      cases.add(held.report().caseId().value());
      reasons.add(
          "STORM: the source %s opens more exceptions in the context %s than its cap allows."
              .formatted(identity.source(), identity.context()));
      bodies.add(ReportJson.write(held.report()));
    }
    changes.change(
        """
        INSERT INTO dead_letter (id, kind, case_id, reason, body)
        SELECT id, 'REPORT', case_id, reason, body
        FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::bytea[]) AS held (id, case_id, reason, body)
        ON CONFLICT (id) DO NOTHING
        """,
        SqlArray.uuids(ids),
        SqlArray.uuids(cases),
        SqlArray.texts(reasons),
        SqlArray.bytes(bodies));
  }

  /**
   * Which dead letters; what is null does not narrow.
   *
   * @param waiting only what nobody has tried again
   * @param since created at or after
   * @param sight of whoever asks: only of exceptions that it reaches; what was held back is of none
   */
  public record Filter(
      DeadLetter.@Nullable Kind kind,
      @Nullable String target,
      boolean waiting,
      @Nullable Instant since,
      Sight sight) {

    private @Nullable SqlArray contexts() {
      return sight.contexts() == null ? null : SqlArray.texts(sight.contexts());
    }

    private @Nullable SqlArray queues() {
      return sight.queues() == null ? null : SqlArray.texts(sight.queues());
    }
  }

  private static final String MATCHES =
      """
       FROM dead_letter
      WHERE (?::text IS NULL OR kind = ?) AND (?::text IS NULL OR target = ?)
        AND (NOT ? OR redriven_at IS NULL)
        AND (?::timestamptz IS NULL OR created_at >= ?)
        AND (? OR EXISTS (SELECT 1 FROM exception_case c WHERE c.id = dead_letter.case_id
          AND (?::text[] IS NULL OR c.context = ANY (?::text[]))
          AND (?::text[] IS NULL OR c.queue = ANY (?::text[]))))
      """;

  /** How many there are. */
  public static long count(Tx tx, Filter filter) {
    return tx.query(
            "SELECT count(*) AS count" + MATCHES,
            name(filter.kind()),
            name(filter.kind()),
            filter.target(),
            filter.target(),
            filter.waiting(),
            filter.since(),
            filter.since(),
            filter.sight().isAll(),
            filter.contexts(),
            filter.contexts(),
            filter.queues(),
            filter.queues())
        .getFirst()
        .int64("count");
  }

  /** A page, oldest first, after a dead letter that was seen. */
  public static List<DeadLetter> page(Tx tx, Filter filter, @Nullable UUID after, int limit) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + MATCHES
                + """
                  AND (?::uuid IS NULL OR (created_at, id) >
                    (SELECT created_at, id FROM dead_letter WHERE id = ?))
                ORDER BY created_at, id LIMIT ?
                """,
            name(filter.kind()),
            name(filter.kind()),
            filter.target(),
            filter.target(),
            filter.waiting(),
            filter.since(),
            filter.since(),
            filter.sight().isAll(),
            filter.contexts(),
            filter.contexts(),
            filter.queues(),
            filter.queues(),
            after,
            after,
            limit)
        .stream()
        .map(DeadLetterTable::letter)
        .toList();
  }

  /**
   * How many wait that nobody has tried again.
   *
   * @param target {@code none} where no outside system was meant
   */
  public record Level(String kind, String target, long count) {}

  public static List<Level> levels(Tx tx) {
    return tx
        .query(
            """
            SELECT kind, coalesce(target, 'none') AS target, count(*) AS count
            FROM dead_letter WHERE redriven_at IS NULL GROUP BY 1, 2
            """)
        .stream()
        .map(row -> new Level(row.text("kind"), row.text("target"), row.int64("count")))
        .toList();
  }

  /** One; null when there is none. */
  public static @Nullable DeadLetter find(Tx tx, UUID id) {
    var rows = tx.query("SELECT " + COLUMNS + " FROM dead_letter WHERE id = ?", id);
    return rows.isEmpty() ? null : letter(rows.getFirst());
  }

  /** What was to be sent, or the report as it came, as JSON; null where the case says it all. */
  public static byte @Nullable [] body(Tx tx, UUID id) {
    var rows = tx.query("SELECT body FROM dead_letter WHERE id = ?", id);
    return rows.isEmpty() ? null : rows.getFirst().bytesOrNull("body");
  }

  /** The report that was held back. */
  public static @Nullable ExceptionReport report(Tx tx, UUID id) {
    var body = body(tx, id);
    return body == null ? null : ReportJson.read(body);
  }

  /**
   * Marks dead letters as tried again, and by whom; of exceptions that were decided again, the desk
   * has said so already, but not by whom.
   *
   * @return those that nobody had marked before
   */
  public static List<UUID> markRedriven(Tx tx, List<UUID> ids, String by, Instant at) {
    return tx
        .query(
            """
            UPDATE dead_letter SET redriven_at = coalesce(redriven_at, ?), redriven_by = ?
            WHERE id = ANY (?::uuid[]) AND (redriven_at IS NULL OR redriven_by IS NULL)
            RETURNING id
            """,
            at,
            by,
            SqlArray.uuids(ids))
        .stream()
        .map(row -> row.uuid("id"))
        .toList();
  }

  private static @Nullable String name(DeadLetter.@Nullable Kind kind) {
    return kind == null ? null : kind.name();
  }

  private static DeadLetter letter(Row row) {
    var dispatch = row.uuidOrNull("dispatch");
    return new DeadLetter(
        row.uuid("id"),
        DeadLetter.Kind.valueOf(row.text("kind")),
        new CaseId(row.uuid("case_id")),
        dispatch == null ? null : new DispatchId(dispatch),
        row.textOrNull("target"),
        row.textOrNull("queue"),
        row.text("reason"),
        row.int32("attempts"),
        row.instant("created_at"),
        row.instantOrNull("redriven_at"),
        row.textOrNull("redriven_by"));
  }
}
