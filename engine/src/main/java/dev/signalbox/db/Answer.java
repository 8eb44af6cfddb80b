package dev.signalbox.db;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/** Waits for what the JDBC client was asked, as straight-line code does. */
final class Answer {

  private Answer() {}

  /**
   * Blocks until the driver is done. It always is: connecting and reading have their timeouts.
   *
   * @throws IllegalStateException on an event loop, which must not wait
   */
  static <T> T of(Future<T> future) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "An event loop would wait for PostgreSQL. Maybe hand this over to a virtual thread.");
    }
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw Failures.of(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      throw new Unavailable("The database client was closed.", e, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("Interrupted while waiting for PostgreSQL.", e, false);
    }
  }
}
