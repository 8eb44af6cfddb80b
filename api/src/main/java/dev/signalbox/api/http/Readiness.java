package dev.signalbox.api.http;

import dev.signalbox.db.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database answers, and soon. One question is asked at a time, however often others
 * ask, so that probes take no connections away from those who work.
 */
public final class Readiness {
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final Collaborators with;
  private @Nullable CompletableFuture<Boolean> asked;

  public Readiness(Collaborators with) {
    this.with = with;
  }

  /** Blocks, for a bounded time. */
  public boolean isReady() {
    try {
      return asking().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized CompletableFuture<Boolean> asking() {
    var underWay = asked;
    if (underWay == null || underWay.isDone()) {
      underWay = CompletableFuture.supplyAsync(this::answers, with.blocking());
      asked = underWay;
    }
    return underWay;
  }

  private boolean answers() {
    try {
      return with.database().read(tx -> tx.query("SELECT 1")).size() == 1;
    } catch (Unavailable e) {
      return false;
    }
  }
}
