package dev.signalbox.access;

import dev.signalbox.db.Row;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code key_event}: appended to one by one, read, never changed. */
public final class KeyEventTable {
  private static final String SELECT =
      "SELECT number, at, kind, key, name, role, contexts, queues, key_hash, ends_at, actor,"
          + " why, prev_hash, hash"
          + " FROM key_event ";

  private KeyEventTable() {}

  /** Appends an event; under the lock of {@link KeyTable}. */
  static void append(Tx tx, KeyEvent.Draft draft) {
    var newest = newest(tx, 1);
    var event = KeyEvent.after(newest.isEmpty() ? null : newest.getFirst(), draft);
    tx.update(
        """
        INSERT INTO key_event (number, at, kind, key, name, role, contexts, queues, key_hash, ends_at,
          actor, why, prev_hash, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?::text[], ?::text[], ?, ?::timestamptz, ?, ?, ?, ?)
        """,
        event.number(),
        event.at(),
        event.kind().name(),
        event.key(),
        event.name(),
        event.role(),
        KeyTable.names(event.sight().contexts()),
        KeyTable.names(event.sight().queues()),
        event.digest().bytes(),
        event.endsAt(),
        event.actor(),
        event.why(),
        event.previous().bytes(),
        event.hash().bytes());
  }

  /** Whether anything is known to have happened to a key. */
  static boolean isKnown(Tx tx, UUID key) {
    return !tx.query("SELECT 1 FROM key_event WHERE key = ? LIMIT 1", key).isEmpty();
  }

  /** The newest events, newest first. */
  public static List<KeyEvent> newest(Tx tx, int limit) {
    return all(tx, "ORDER BY number DESC LIMIT ?", limit);
  }

  /** The events after one, in their order. */
  public static List<KeyEvent> after(Tx tx, long number, int limit) {
    return all(tx, "WHERE number > ? ORDER BY number LIMIT ?", number, limit);
  }

  private static List<KeyEvent> all(Tx tx, String condition, @Nullable Object... arguments) {
    return tx.query(SELECT + condition, arguments).stream().map(KeyEventTable::event).toList();
  }

  private static KeyEvent event(Row row) {
    return new KeyEvent(
        row.int64("number"),
        row.instant("at"),
        KeyEvent.Kind.valueOf(row.text("kind")),
        row.uuid("key"),
        row.text("name"),
        row.text("role"),
        KeyTable.sight(row),
        Sha256.of(row.bytes("key_hash")),
        row.instantOrNull("ends_at"),
        row.text("actor"),
        row.text("why"),
        Sha256.of(row.bytes("prev_hash")),
        Sha256.of(row.bytes("hash")));
  }
}
