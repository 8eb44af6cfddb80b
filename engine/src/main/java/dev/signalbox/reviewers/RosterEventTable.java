package dev.signalbox.reviewers;

import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code roster_event}: appended to one by one, read, never changed. */
public final class RosterEventTable {
  private static final String SELECT =
      "SELECT number, at, kind, queue, reviewer, skills, roles, contexts, away, actor, prev_hash,"
          + " hash FROM roster_event ";

  private RosterEventTable() {}

  /** Appends an event; under the lock of {@link RosterTable}. */
  static void append(Tx tx, Instant at, RosterEvent.Kind kind, Seat seat, String actor) {
    var newest = all(tx, "ORDER BY number DESC LIMIT 1");
    var event =
        RosterEvent.after(newest.isEmpty() ? null : newest.getFirst(), at, kind, seat, actor);
    tx.update(
        """
        INSERT INTO roster_event (number, at, kind, queue, reviewer, skills, roles, contexts, away,
          actor, prev_hash, hash)
        VALUES (?, ?, ?, ?, ?, ?::text[], ?::text[], ?::text[], ?, ?, ?, ?)
        """,
        event.number(),
        at,
        kind.name(),
        seat.queue().value(),
        seat.reviewer(),
        SqlArray.texts(seat.skills()),
        SqlArray.texts(seat.roles()),
        seat.contexts() == null ? null : SqlArray.texts(seat.contexts()),
        seat.away(),
        actor,
        event.previous().bytes(),
        event.hash().bytes());
  }

  /** The newest events of a queue's roster, newest first. */
  static List<RosterEvent> newest(Tx tx, QueueName queue, int limit) {
    return all(tx, "WHERE queue = ? ORDER BY number DESC LIMIT ?", queue.value(), limit);
  }

  /** The events after one, in their order. */
  public static List<RosterEvent> after(Tx tx, long number, int limit) {
    return all(tx, "WHERE number > ? ORDER BY number LIMIT ?", number, limit);
  }

  private static List<RosterEvent> all(Tx tx, String condition, @Nullable Object... arguments) {
    return tx.query(SELECT + condition, arguments).stream().map(RosterEventTable::event).toList();
  }

  private static RosterEvent event(Row row) {
    return new RosterEvent(
        row.int64("number"),
        row.instant("at"),
        RosterEvent.Kind.valueOf(row.text("kind")),
        RosterTable.seat(row),
        row.text("actor"),
        Sha256.of(row.bytes("prev_hash")),
        Sha256.of(row.bytes("hash")));
  }
}
