package dev.signalbox.access;

import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.Sight;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code api_key}. */
public final class KeyTable {
  private static final long LOCK = 0x5349_474e_4b45_5953L;
  private static final String SELECT =
      "SELECT id, name, role, contexts, queues, key_hash, created_at, ends_at FROM api_key ";

  private KeyTable() {}

  /** Lets nobody else change keys until the transaction ends. */
  static void lock(Tx tx) {
    tx.query("SELECT pg_advisory_xact_lock(?)::text AS held", LOCK);
  }

  static void insert(Tx tx, Key key) {
    tx.update(
        """
        INSERT INTO api_key (id, name, role, contexts, queues, key_hash, created_at, ends_at)
        VALUES (?, ?, ?, ?::text[], ?::text[], ?, ?, ?::timestamptz)
        """,
        key.id(),
        key.name(),
        key.role().name(),
        names(key.sight().contexts()),
        names(key.sight().queues()),
        key.digest().bytes(),
        key.createdAt(),
        key.endsAt());
  }

  static void end(Tx tx, Key ended) {
    tx.update(
        "UPDATE api_key SET ends_at = ?::timestamptz WHERE id = ?", ended.endsAt(), ended.id());
  }

  /** All keys that ever were, in the order in which they were made. */
  public static List<Key> all(Tx tx) {
    return tx.query(SELECT + "ORDER BY created_at, id").stream().map(KeyTable::key).toList();
  }

  static @Nullable Key find(Tx tx, Sha256 digest) {
    return first(tx, "WHERE key_hash = ?", digest.bytes());
  }

  static @Nullable Key find(Tx tx, UUID id) {
    return first(tx, "WHERE id = ?", id);
  }

  private static @Nullable Key first(Tx tx, String condition, Object argument) {
    var rows = tx.query(SELECT + condition, argument);
    return rows.isEmpty() ? null : key(rows.getFirst());
  }

  static @Nullable SqlArray names(@Nullable List<String> names) {
    return names == null ? null : SqlArray.texts(names);
  }

  static Sight sight(Row row) {
    return new Sight(row.textsOrNull("contexts"), row.textsOrNull("queues"));
  }

  private static Key key(Row row) {
    return new Key(
        row.uuid("id"),
        row.text("name"),
        Role.stored(row.text("role")),
        sight(row),
        Sha256.of(row.bytes("key_hash")),
        row.instant("created_at"),
        row.instantOrNull("ends_at"));
  }
}
