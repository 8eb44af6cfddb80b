package dev.signalbox.reviewers;

import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.QueueName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code roster}: who may be chosen for the exceptions of which queue, and whose turn it
 * is. Who chooses locks the rows of the queues concerned until his commit, in the order of the
 * queues and names, so no turn is lost and none is given twice, on any number of nodes.
 */
public final class RosterTable {
  /** From this on everybody is equally busy, so that counting stays cheap. */
  static final int LOAD_MAX = 1_000;

  private static final long LOCK = 0x5349_474e_524f_5354L;
  private static final String SELECT =
      "SELECT queue, reviewer, skills, roles, contexts, away, turn FROM roster ";

  private RosterTable() {}

  /** Lets nobody else change rosters until the transaction ends; choosing goes on. */
  static void lock(Tx tx) {
    tx.query("SELECT pg_advisory_xact_lock(?)::text AS held", LOCK);
  }

  /** The rosters of queues, locked until the transaction ends. */
  static List<Choice.Turn> locked(Tx tx, Collection<String> queues) {
    return tx
        .query(
            SELECT + "WHERE queue = ANY (?::text[]) ORDER BY queue, reviewer FOR NO KEY UPDATE",
            SqlArray.texts(List.copyOf(queues)))
        .stream()
        .map(row -> new Choice.Turn(seat(row), row.int64("turn")))
        .toList();
  }

  /** Says whose turn was. */
  static void turned(Tx tx, Map<Choice.Place, Long> turns) {
    var queues = new ArrayList<String>();
    var names = new ArrayList<String>();
    var numbers = new ArrayList<Long>();
    turns.forEach((place, turn) -> {
      queues.add(place.queue().value());
      names.add(place.reviewer());
      numbers.add(turn);
    });
    tx.changeExactly(
        turns.size(),
        """
        UPDATE roster AS r SET turn = new.turn
        FROM unnest(?::text[], ?::text[], ?::bigint[]) AS new (queue, reviewer, turn)
        WHERE r.queue = new.queue AND r.reviewer = new.reviewer
        """,
        SqlArray.texts(queues),
        SqlArray.texts(names),
        SqlArray.longs(numbers));
  }

  /** How many exceptions people have, up to {@link #LOAD_MAX}. */
  static Map<String, Integer> loads(Tx tx, Collection<String> reviewers) {
    var loads = new HashMap<String, Integer>();
    var rows =
        tx.query(
            """
            SELECT one.reviewer, held.n FROM unnest(?::text[]) AS one (reviewer),
              LATERAL (SELECT count(*)::int AS n FROM (
                SELECT 1 FROM exception_case AS c
                WHERE c.assignee = one.reviewer AND c.status IN ('ASSIGNED', 'UNDER_REVIEW')
                LIMIT ?) AS bounded) AS held
            """,
            SqlArray.texts(List.copyOf(reviewers)),
            LOAD_MAX);
    rows.forEach(row -> loads.put(row.text("reviewer"), row.int32("n")));
    return loads;
  }

  /** The roster of a queue, by name. */
  static List<Seat> of(Tx tx, QueueName queue) {
    return seats(tx, "WHERE queue = ? ORDER BY reviewer", queue.value());
  }

  /** All places that somebody has. */
  static List<Seat> of(Tx tx, String reviewer) {
    return seats(tx, "WHERE reviewer = ? ORDER BY queue", reviewer);
  }

  /** All rosters. */
  public static List<Seat> all(Tx tx) {
    return seats(tx, "ORDER BY queue, reviewer");
  }

  private static List<Seat> seats(Tx tx, String condition, @Nullable Object... arguments) {
    return tx.query(SELECT + condition, arguments).stream().map(RosterTable::seat).toList();
  }

  /** Puts somebody on a roster, or changes what is said of him there; his turn stays. */
  static void put(Tx tx, Seat seat) {
    tx.update(
        """
        INSERT INTO roster (queue, reviewer, skills, roles, contexts, away)
        VALUES (?, ?, ?::text[], ?::text[], ?::text[], ?)
        ON CONFLICT (queue, reviewer) DO UPDATE SET skills = excluded.skills,
          roles = excluded.roles, contexts = excluded.contexts, away = excluded.away
        """,
        seat.queue().value(),
        seat.reviewer(),
        SqlArray.texts(seat.skills()),
        SqlArray.texts(seat.roles()),
        seat.contexts() == null ? null : SqlArray.texts(seat.contexts()),
        seat.away());
  }

  static void remove(Tx tx, Seat seat) {
    tx.update(
        "DELETE FROM roster WHERE queue = ? AND reviewer = ?",
        seat.queue().value(),
        seat.reviewer());
  }

  static Seat seat(Row row) {
    return new Seat(
        new QueueName(row.text("queue")),
        row.text("reviewer"),
        row.texts("skills"),
        row.texts("roles"),
        row.textsOrNull("contexts"),
        row.bool("away"));
  }
}
