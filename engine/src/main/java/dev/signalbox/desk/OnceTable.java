package dev.signalbox.desk;

import dev.signalbox.db.Changes;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code once}: what was answered under which idempotency key. */
public final class OnceTable {

  /** What a key is unique by. */
  record Id(String scope, String key) {
    static Id of(OnceKey key) {
      return new Id(key.scope(), key.key());
    }
  }

  private OnceTable() {}

  static Map<Id, Answer> find(Tx tx, Collection<OnceKey> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    var rows =
        tx.query(
            """
            SELECT scope, key, request_hash, answer
            FROM once JOIN unnest(?::text[], ?::text[]) AS asked (scope, key) USING (scope, key)
            """,
            SqlArray.texts(keys.stream().map(OnceKey::scope).toList()),
            SqlArray.texts(keys.stream().map(OnceKey::key).toList()));
    var found = new HashMap<Id, Answer>();
    for (var row : rows) {
      var key =
          new OnceKey(row.text("scope"), row.text("key"), Sha256.of(row.bytes("request_hash")));
      found.put(Id.of(key), new Answer(key, AnswerJson.read(row.bytes("answer"))));
    }
    return found;
  }

  /** Remembers answers; all of them, or another writer was faster. */
  static void insert(Changes changes, List<Answer> answers, Instant now) {
    var scopes = new ArrayList<String>();
    var keys = new ArrayList<String>();
    var hashes = new ArrayList<byte[]>();
    var bodies = new ArrayList<byte[]>();
    for (var answer : answers) {
      scopes.add(answer.key().scope());
      keys.add(answer.key().key());
      hashes.add(answer.key().requestHash().bytes());
      bodies.add(AnswerJson.write(answer.receipt()));
    }
    changes.changeExactly(
        answers.size(),
        """
        INSERT INTO once (scope, key, request_hash, answer, answered_at)
        SELECT scope, key, hash, answer, ?
        FROM unnest(?::text[], ?::text[], ?::bytea[], ?::bytea[]) AS new (scope, key, hash, answer)
        ON CONFLICT (scope, key) DO NOTHING
        """,
        now,
        SqlArray.texts(scopes),
        SqlArray.texts(keys),
        SqlArray.bytes(hashes),
        SqlArray.bytes(bodies));
  }

  /**
   * What stands under a key.
   *
   * @param answer null while the request is carried out
   */
  record Standing(Sha256 requestHash, @Nullable String answer) {}

  /** What stands under a key; null when nothing does. */
  static @Nullable Standing standing(Tx tx, OnceKey key) {
    var rows =
        tx.query(
            "SELECT request_hash, answer FROM once WHERE scope = ? AND key = ?",
            key.scope(),
            key.key());
    return rows.isEmpty()
        ? null
        : new Standing(
            Sha256.of(rows.getFirst().bytes("request_hash")),
            AnswerJson.readWhole(rows.getFirst().bytes("answer")));
  }

  /** Whether it is stored; false when something stands under the key. */
  static boolean put(Tx tx, OnceKey key, byte[] answer, Instant now) {
    return tx.update(
            """
            INSERT INTO once (scope, key, request_hash, answer, answered_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (scope, key) DO NOTHING
            """,
            key.scope(),
            key.key(),
            key.requestHash().bytes(),
            answer,
            now)
        == 1;
  }

  /** Takes a claim away that was made before an instant. */
  static void unclaim(Tx tx, OnceKey key, Instant before) {
    tx.update(
        """
        DELETE FROM once
        WHERE scope = ? AND key = ? AND request_hash = ? AND answer = ? AND answered_at < ?
        """,
        key.scope(),
        key.key(),
        key.requestHash().bytes(),
        AnswerJson.CLAIM,
        before);
  }

  /**
   * Forgets answers given before an instant.
   *
   * @return how many, at most the bound
   */
  public static int forget(Tx tx, Instant before, int bound) {
    return tx.update(
        """
        DELETE FROM once WHERE (scope, key) IN (
          SELECT scope, key FROM once WHERE answered_at < ? ORDER BY answered_at LIMIT ?)
        """,
        before,
        bound);
  }
}
