package dev.signalbox.rulesets;

import dev.signalbox.db.Row;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code ruleset_event}: appended to one by one, read, never changed. */
public final class RulesetEventTable {
  private static final long LOCK = 0x5349_474e_5255_4c45L;
  private static final String SELECT =
      "SELECT number, at, kind, digest, source, version, actor, admission, back_to, body,"
          + " prev_hash, hash FROM ruleset_event ";
  private static final String ACTIVATIONS = "kind IN ('ACTIVATED', 'ROLLED_BACK') ";
  private static final String SHADOWS = "kind IN ('SHADOW_BEGUN', 'SHADOW_ENDED') ";
  private static final String JUDGEMENTS = "kind IN ('ADMITTED', 'REFUSED') ";

  private RulesetEventTable() {}

  /**
   * Lets nobody else append until the transaction ends, so that what is read before appending still
   * holds then. There are few events, and nobody waits for one who decides an exception.
   */
  static void lock(Tx tx) {
    tx.query("SELECT pg_advisory_xact_lock(?)::text AS held", LOCK);
  }

  /** Appends an event; under the {@link #lock}. */
  static RulesetEvent append(Tx tx, RulesetEvent.Draft draft) {
    var event = RulesetEvent.after(first(tx, "ORDER BY number DESC LIMIT 1"), draft);
    tx.update(
        """
        INSERT INTO ruleset_event (number, at, kind, digest, source, version, actor, admission,
          back_to, body, prev_hash, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?::bigint, ?::bigint, ?, ?, ?)
        """,
        event.number(),
        event.at(),
        event.kind().name(),
        event.digest() == null ? null : event.digest().hex(),
        event.source(),
        event.version(),
        event.actor(),
        event.admission(),
        event.backTo(),
        event.body(),
        event.previous().bytes(),
        event.hash().bytes());
    return event;
  }

  /** The number of the activation in force; 0 when there never was one. */
  public static long activeNumber(Tx tx) {
    return tx.query("SELECT coalesce(max(number), 0) AS n FROM ruleset_event WHERE " + ACTIVATIONS)
        .getFirst()
        .int64("n");
  }

  /** The activation in force; null when there never was one. */
  public static @Nullable RulesetEvent active(Tx tx) {
    return first(tx, "WHERE " + ACTIVATIONS + "ORDER BY number DESC LIMIT 1");
  }

  public static @Nullable RulesetEvent find(Tx tx, long number) {
    return first(tx, "WHERE number = ?", number);
  }

  /** What was last found of a source; null when nothing ever was. */
  static @Nullable RulesetEvent lastJudged(Tx tx, String source) {
    return first(tx, "WHERE source = ? AND " + JUDGEMENTS + "ORDER BY number DESC LIMIT 1", source);
  }

  /** The last judgement of a ruleset; null when it was never judged. */
  public static @Nullable RulesetEvent judgement(Tx tx, Sha256 digest) {
    return first(
        tx, "WHERE digest = ? AND " + JUDGEMENTS + "ORDER BY number DESC LIMIT 1", digest.hex());
  }

  /** The number of the last thing that happened to shadows; 0 when there never was one. */
  public static long shadowNumber(Tx tx) {
    return tx.query("SELECT coalesce(max(number), 0) AS n FROM ruleset_event WHERE " + SHADOWS)
        .getFirst()
        .int64("n");
  }

  /** The last shadow that was begun, of a ruleset or of any; null when there never was one. */
  static @Nullable RulesetEvent shadow(Tx tx, @Nullable Sha256 digest) {
    return first(
        tx,
        "WHERE kind = 'SHADOW_BEGUN' AND (?::text IS NULL OR digest = ?)"
            + " ORDER BY number DESC LIMIT 1",
        digest == null ? null : digest.hex(),
        digest == null ? null : digest.hex());
  }

  /** The end of a shadow; null while it runs. There is never more than one that does. */
  static @Nullable RulesetEvent shadowEnd(Tx tx, long begun) {
    return first(tx, "WHERE kind = 'SHADOW_ENDED' AND number > ? ORDER BY number LIMIT 1", begun);
  }

  /** Who has approved a ruleset since the last activation. */
  static List<String> approvers(Tx tx, Sha256 digest) {
    return tx
        .query(
            "SELECT DISTINCT actor FROM ruleset_event WHERE kind = 'APPROVED' AND digest = ?"
                + " AND number > ? ORDER BY actor",
            digest.hex(),
            activeNumber(tx))
        .stream()
        .map(row -> row.text("actor"))
        .toList();
  }

  /** The newest events of all, newest first. */
  public static List<RulesetEvent> newest(Tx tx, int limit) {
    return all(tx, "ORDER BY number DESC LIMIT ?", limit);
  }

  /** The newest events of a ruleset, newest first. */
  public static List<RulesetEvent> of(Tx tx, Sha256 digest, int limit) {
    return all(tx, "WHERE digest = ? ORDER BY number DESC LIMIT ?", digest.hex(), limit);
  }

  /** The events after one, in their order. */
  public static List<RulesetEvent> after(Tx tx, long number, int limit) {
    return all(tx, "WHERE number > ? ORDER BY number LIMIT ?", number, limit);
  }

  private static @Nullable RulesetEvent first(
      Tx tx, String condition, @Nullable Object... arguments) {
    var found = all(tx, condition, arguments);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static List<RulesetEvent> all(Tx tx, String condition, @Nullable Object... arguments) {
    return tx.query(SELECT + condition, arguments).stream().map(RulesetEventTable::event).toList();
  }

  private static RulesetEvent event(Row row) {
    var digest = row.textOrNull("digest");
    return new RulesetEvent(
        row.int64("number"),
        row.instant("at"),
        RulesetEvent.Kind.valueOf(row.text("kind")),
        digest == null ? null : new Sha256(digest),
        row.text("source"),
        row.text("version"),
        row.text("actor"),
        row.int64OrNull("admission"),
        row.int64OrNull("back_to"),
        row.text("body"),
        Sha256.of(row.bytes("prev_hash")),
        Sha256.of(row.bytes("hash")));
  }
}
