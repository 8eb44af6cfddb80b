package dev.signalbox.desk;

import dev.signalbox.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets a request take effect once that is more than one command, and so not one commit: its key is
 * claimed before, and its answer is remembered after. When the node dies in between, the claim runs
 * out and the request may be carried out again; so its parts must be safe to repeat themselves.
 */
public final class Repeats {
  private static final Duration CLAIM = Duration.ofMinutes(2);
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private final Database database;
  private final InstantSource clock;

  public Repeats(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What a key is worth. */
  public sealed interface Claim {
    /** Carry the request out, then {@link #answer} or {@link #release}. */
    record Granted() implements Claim {}

    /** The same request is being carried out. */
    record UnderWay() implements Claim {}

    /** It was carried out, and this is what was answered. */
    record Answered(String answer) implements Claim {}

    /** The key was used for another request. */
    record Reused() implements Claim {}
  }

  public Claim claim(OnceKey key) {
    var now = clock.instant();
    return database.inTransaction(tx -> {
      OnceTable.unclaim(tx, key, now.minus(CLAIM));
      if (OnceTable.put(tx, key, AnswerJson.CLAIM, now)) {
        return new Claim.Granted();
      }
      var standing = OnceTable.standing(tx, key);
      if (standing == null) {
        return new Claim.UnderWay();
      }
      if (!standing.requestHash().equals(key.requestHash())) {
        return new Claim.Reused();
      }
      return standing.answer() == null
          ? new Claim.UnderWay()
          : new Claim.Answered(standing.answer());
    });
  }

  /** Remembers the answer of a request whose claim was granted. */
  public void answer(OnceKey key, String answer) {
    database.inTransaction(tx -> {
      OnceTable.unclaim(tx, key, FAR);
      return OnceTable.put(tx, key, AnswerJson.write(answer), clock.instant());
    });
  }

  /** Gives a claim back: nothing happened that must not happen again. */
  public void release(OnceKey key) {
    database.inTransaction(tx -> {
      OnceTable.unclaim(tx, key, FAR);
      return true;
    });
  }
}
