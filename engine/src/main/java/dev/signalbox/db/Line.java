package dev.signalbox.db;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: opened when needed, checked when it may be stale, replaced when it broke. */
final class Line {
  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  /** Unused for longer, a connection may have been cut by a firewall or a restart. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * In plain SQL: the client's own transactions leave the connection within the next one, which
   * then keeps an old {@code now()} and an old failure.
   */
  static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED";

  private static final String CHECK = "SELECT 1";

  private final Supplier<Pool> open;
  private @Nullable Pool pool;
  private @Nullable SqlConnection connection;
  private long usedNanos;
  private int breaksSeen;

  Line(Supplier<Pool> open) {
    this.open = open;
  }

  /** The connection, for statements each on its own; {@code breaks} counts what broke so far. */
  SqlConnection ready(int breaks) {
    boolean doubtful = breaks != breaksSeen || System.nanoTime() - usedNanos > STALE_NANOS;
    breaksSeen = breaks;
    return usable(doubtful ? CHECK : null);
  }

  /**
   * The connection, within a transaction. When it does not hear BEGIN, then nothing was done yet,
   * and a new one takes its place.
   */
  SqlConnection begun() {
    return usable(BEGIN);
  }

  /** The present connection if it understands, a new one if not; which has heard the words then. */
  private SqlConnection usable(@Nullable String words) {
    var present = connection;
    if (present != null) {
      try {
        say(present, words);
        return present;
      } catch (Unavailable e) {
        LOG.debug("A connection to PostgreSQL had gone stale; it is replaced.", e);
      }
    }
    var fresh = connect();
    say(fresh, words);
    return fresh;
  }

  void used() {
    usedNanos = System.nanoTime();
  }

  /** Closes the connection, in the background: a broken one may take its time. */
  void drop() {
    var old = pool;
    pool = null;
    connection = null;
    if (old != null) {
      old.close();
    }
  }

  private SqlConnection connect() {
    // Off the caller's thread: a pool opened within a verticle would be closed with the verticle.
    var fresh = CompletableFuture.supplyAsync(open).join();
    pool = fresh;
    try {
      var opened = Answer.of(fresh.getConnection());
      connection = opened;
      return opened;
    } catch (RuntimeException e) {
      drop();
      throw e;
    }
  }

  private void say(SqlConnection listener, @Nullable String words) {
    if (words == null) {
      return;
    }
    try {
      Answer.to(listener, words, Tuple.tuple());
    } catch (RuntimeException e) {
      drop();
      throw e;
    }
  }
}
