package dev.signalbox.db;

import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.PoolOptions;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one PostgreSQL database. Blocks the caller, who must be on a virtual (or any
 * other blockable) thread. Transactions are READ COMMITTED.
 */
public final class Database implements AutoCloseable {
  private static final int ATTEMPTS_MAX = 4;
  private static final int WAIT_SECONDS = 10;

  private final Connections connections;
  private final ThreadLocal<Boolean> holding = ThreadLocal.withInitial(() -> false);

  private Database(Connections connections) {
    this.connections = connections;
  }

  /** Connects when first used, so PostgreSQL may be away. */
  public static Database open(Vertx vertx, DatabaseSettings settings) {
    var source = DirectStatements.of(DataSources.of(settings));
    var one = new PoolOptions().setMaxSize(1);
    return new Database(
        new Connections(
            () -> JDBCPool.pool(vertx, source, one), settings.connections(), WAIT_SECONDS));
  }

  /**
   * Runs work in a transaction: committed when it returns, rolled back when it throws. Repeated
   * when PostgreSQL itself says that a repeat may succeed (serialization failure, deadlock), a
   * bounded number of times; so the work has no other effects.
   *
   * @throws Unavailable when PostgreSQL is away, too slow, or its answer to the commit was lost
   * @throws Violation when a constraint is violated
   * @throws DatabaseFailure for everything else that PostgreSQL refuses
   */
  public <T extends @Nullable Object> T inTransaction(Function<Tx, T> work) {
    return repeated(() -> connected(line -> Tx.begun(line.begun()), tx -> tx.committed(work)));
  }

  /**
   * Changes something in a transaction of one round trip: whatever it takes to hear a server, it is
   * taken once for all statements together. Repeated like {@link #inTransaction}.
   *
   * @param work says the statements; has no other effects
   * @throws MissedRows when a statement did not change the rows it was meant to
   * @throws Unavailable when PostgreSQL is away or too slow; whether it committed is unknown then
   * @throws Violation when a constraint is violated
   * @throws DatabaseFailure for everything else that PostgreSQL refuses
   */
  public void atOnce(Consumer<Changes> work) {
    var bundle = new Bundle();
    work.accept(bundle);
    if (!bundle.isEmpty()) {
      repeated(() ->
          connected(
              line -> Tx.reading(line.ready(connections.breaks())),
              tx -> {
                tx.run(bundle);
                return true;
              }));
    }
  }

  private static <T extends @Nullable Object> T repeated(Supplier<T> transaction) {
    Contention first = null;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      try {
        return transaction.get();
      } catch (Contention e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    throw new DatabaseFailure(
        "A transaction met others in its way %d times.".formatted(ATTEMPTS_MAX), first);
  }

  /**
   * Runs statements that change nothing on one connection, each on its own: a later one may see
   * more than an earlier one. Not repeated.
   *
   * @throws Unavailable when PostgreSQL is away or too slow
   * @throws DatabaseFailure for everything else that PostgreSQL refuses
   */
  public <T extends @Nullable Object> T read(Function<Tx, T> work) {
    try {
      return connected(line -> Tx.reading(line.ready(connections.breaks())), work);
    } catch (Contention e) {
      throw new DatabaseFailure(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  private <T extends @Nullable Object> T connected(
      Function<Line, Tx> beginning, Function<Tx, T> work) {
    Answer.mayBeAwaited();
    if (holding.get()) {
      throw new IllegalStateException(
          "A transaction asks for a second connection; many of them would wait for each other for"
              + " ever. Maybe pass the Tx on.");
    }
    var line = connections.take();
    holding.set(true);
    try {
      var tx = beginning.apply(line);
      try {
        return work.apply(tx);
      } finally {
        if (tx.end()) {
          line.used();
        } else {
          line.drop();
          connections.noteBreak();
        }
      }
    } finally {
      holding.remove();
      connections.giveBack(line);
    }
  }
}
