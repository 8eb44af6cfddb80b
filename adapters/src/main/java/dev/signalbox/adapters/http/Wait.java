package dev.signalbox.adapters.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for several things in a row, no longer than a time for all of them. */
final class Wait {
  private final long end;

  Wait(Duration patience) {
    end = System.nanoTime() + patience.toNanos();
  }

  <T> T forThe(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /** At least 1, since 0 would mean for ever. */
  long leftMillis() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
  }
}
