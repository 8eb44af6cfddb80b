package dev.signalbox.api.access;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code api_key}. */
final class AccessTable {

  private AccessTable() {}

  static void add(Tx tx, UUID id, String name, Role role, Sha256 keyHash) {
    tx.update(
        """
        INSERT INTO api_key (id, name, role, key_hash) VALUES (?, ?, ?, ?)
        ON CONFLICT (key_hash) DO NOTHING
        """,
        id,
        name,
        role.name(),
        keyHash.bytes());
  }

  static @Nullable Caller find(Tx tx, Sha256 keyHash) {
    var rows =
        tx.query(
            "SELECT name, role FROM api_key WHERE key_hash = ? AND revoked_at IS NULL",
            keyHash.bytes());
    return rows.isEmpty()
        ? null
        : new Caller(rows.getFirst().text("name"), Role.valueOf(rows.getFirst().text("role")));
  }
}
