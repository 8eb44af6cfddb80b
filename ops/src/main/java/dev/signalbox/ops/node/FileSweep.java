package dev.signalbox.ops.node;

import dev.signalbox.db.Unavailable;
import dev.signalbox.talk.EvidenceFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files that belong to nothing: a node died over them, or their store did not answer. By
 * itself, since a store that is slow must not keep the other chores.
 */
final class FileSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileSweep.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration LEFT_ALONE = Duration.ofHours(1);
  private static final Duration ENDING = Duration.ofSeconds(5);
  private static final int AT_ONCE = 100;

  private final EvidenceFiles files;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  FileSweep(EvidenceFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  void run() {
    try {
      while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private void sweep() {
    try {
      files.sweep(clock.instant().minus(LEFT_ALONE), AT_ONCE);
    } catch (Unavailable e) {
      // The next round tries again; readiness tells that the database is away.
    } catch (RuntimeException e) {
      LOG.error("The sweep of files goes on after a failure.", e);
    }
  }

  /** What is under way may be broken off: the next node does it again. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      if (!stopped.await(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("The sweep of files is broken off.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
