package dev.signalbox.db;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection: opened when needed, checked when it may be stale, replaced when it broke. */
final class Line {
  /** Unused for longer, a connection may have been cut by a firewall or a restart. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Supplier<Pool> open;
  private @Nullable Pool pool;
  private @Nullable SqlConnection connection;
  private long usedNanos;
  private int breaksSeen;

  Line(Supplier<Pool> open) {
    this.open = open;
  }

  /** The connection, fit for use; {@code breaks} counts the connections that broke so far. */
  SqlConnection ready(int breaks) {
    boolean doubtful = breaks != breaksSeen || System.nanoTime() - usedNanos > STALE_NANOS;
    var present = connection;
    if (present != null && doubtful && !answers(present)) {
      drop();
      present = null;
    }
    breaksSeen = breaks;
    return present == null ? connect() : present;
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

  private static boolean answers(SqlConnection connection) {
    try {
      Answer.of(connection.preparedQuery("SELECT 1").execute());
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }
}
