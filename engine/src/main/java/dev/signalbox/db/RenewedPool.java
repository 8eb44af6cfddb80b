package dev.signalbox.db;

import io.vertx.sqlclient.Pool;
import java.util.function.Supplier;

/**
 * A pool that is replaced when one of its connections broke. The JDBC client's pool hands a broken
 * connection out again for ever (it takes every connection for valid), so the whole pool is
 * retired: who is at work on it finishes, and everybody after gets connections of a new one.
 */
final class RenewedPool {
  private final Supplier<Pool> open;
  private Generation current;

  /** One pool, and how many are at work on it. */
  static final class Generation {
    final Pool pool;
    private int users;
    private boolean retired;

    private Generation(Pool pool) {
      this.pool = pool;
    }
  }

  RenewedPool(Supplier<Pool> open) {
    this.open = open;
    current = new Generation(open.get());
  }

  synchronized Generation enter() {
    current.users++;
    return current;
  }

  /** Ends what {@link #enter} began. */
  synchronized void leave(Generation generation) {
    generation.users--;
    closeWhenDone(generation);
  }

  /** Says that a connection of the generation broke. */
  synchronized void retire(Generation generation) {
    generation.retired = true;
    if (generation == current) {
      current = new Generation(open.get());
    }
  }

  synchronized Pool last() {
    return current.pool;
  }

  private static void closeWhenDone(Generation generation) {
    if (generation.retired && generation.users == 0) {
      generation.pool.close();
    }
  }
}
