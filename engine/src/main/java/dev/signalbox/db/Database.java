package dev.signalbox.db;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A pool of connections to one PostgreSQL database. Blocks the caller, who must be on a virtual (or
 * any other blockable) thread. Transactions are READ COMMITTED.
 */
public final class Database implements AutoCloseable {
  private static final int ATTEMPTS_MAX = 4;
  private static final int POOL_WAIT_SECONDS = 10;

  private final RenewedPool pool;
  private final long waitSeconds;

  private Database(RenewedPool pool, long waitSeconds) {
    this.pool = pool;
    this.waitSeconds = waitSeconds;
  }

  /** Opens the pool; connects when first used, so PostgreSQL may be away. */
  public static Database open(Vertx vertx, DatabaseSettings settings) {
    var options =
        new PoolOptions()
            .setMaxSize(settings.connections())
            .setConnectionTimeout(POOL_WAIT_SECONDS)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS);
    // The driver gives up at the socket timeout; waiting a little longer only guards against a lost
    // completion.
    return new Database(
        new RenewedPool(() -> JDBCPool.pool(vertx, DataSources.of(settings), options)),
        settings.socketTimeout().toSeconds() + POOL_WAIT_SECONDS);
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
  public <T> T inTransaction(Function<Tx, T> work) {
    Contention first = null;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      try {
        return once(work);
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

  /** Runs statements on one connection, each on its own. Not repeated. */
  public <T> T read(Function<Tx, T> work) {
    try {
      return connected(connection -> work.apply(new Tx(this, connection)));
    } catch (Contention e) {
      throw new DatabaseFailure(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    await(pool.last().close());
  }

  private <T> T once(Function<Tx, T> work) {
    return connected(connection -> {
      var transaction = await(connection.begin());
      T result = worked(work, connection, transaction);
      commit(transaction);
      return result;
    });
  }

  /** Lends a connection; one that broke takes its whole pool out of use. */
  private <T> T connected(Function<SqlConnection, T> work) {
    var generation = pool.enter();
    try {
      var connection = await(generation.pool.getConnection());
      try {
        return work.apply(connection);
      } finally {
        connection.close();
      }
    } catch (Unavailable e) {
      pool.retire(generation);
      throw e;
    } finally {
      pool.leave(generation);
    }
  }

  private <T> T worked(Function<Tx, T> work, SqlConnection connection, Transaction transaction) {
    try {
      return work.apply(new Tx(this, connection));
    } catch (RuntimeException | Error e) {
      rollBack(transaction, e);
      throw e;
    }
  }

  private void rollBack(Transaction transaction, Throwable cause) {
    try {
      await(transaction.rollback());
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private void commit(Transaction transaction) {
    try {
      await(transaction.commit());
    } catch (Unavailable e) {
      throw e.withOutcomeUnknown();
    }
  }

  /** Waits for the driver. */
  <T> T await(Future<T> future) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "An event loop would wait for PostgreSQL. Maybe hand this over to a virtual thread.");
    }
    try {
      return future.toCompletionStage().toCompletableFuture().get(waitSeconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw Failures.of(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException | CancellationException e) {
      throw new Unavailable("PostgreSQL did not answer in " + waitSeconds + " s.", e, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("Interrupted while waiting for PostgreSQL.", e, true);
    }
  }
}
