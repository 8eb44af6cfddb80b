package dev.signalbox.db;

import io.vertx.sqlclient.Pool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of connections, lent to one caller at a time; the one last used first, so that a
 * quiet service keeps few of them warm.
 *
 * <p>The JDBC client's own pool takes every connection for valid for ever and would hand a broken
 * one out again. So each connection has a client pool of its own, of size one, and is replaced
 * alone.
 */
final class Connections {
  private final LinkedBlockingDeque<Line> free = new LinkedBlockingDeque<>();
  private final AtomicInteger broken = new AtomicInteger();
  private final int count;
  private final long waitSeconds;
  private volatile boolean closed;

  Connections(Supplier<Pool> open, int count, long waitSeconds) {
    this.count = count;
    this.waitSeconds = waitSeconds;
    for (int i = 0; i < count; i++) {
      free.add(new Line(open));
    }
  }

  /**
   * Lends a connection, until {@link #giveBack}.
   *
   * @throws Unavailable when none becomes free in time
   */
  Line take() {
    if (closed) {
      throw new IllegalStateException("The connections to PostgreSQL are closed.");
    }
    @Nullable Line line;
    try {
      line = free.pollFirst(waitSeconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("Interrupted while waiting for a connection.", e, false);
    }
    if (line == null) {
      throw new Unavailable(
          "All %d connections to PostgreSQL were busy for %d s.".formatted(count, waitSeconds),
          null,
          false);
    }
    return line;
  }

  void giveBack(Line line) {
    free.addFirst(line);
    if (closed) {
      close();
    }
  }

  /** Says that a connection broke, which makes all others worth a check. */
  void noteBreak() {
    broken.incrementAndGet();
  }

  int breaks() {
    return broken.get();
  }

  /** Closes what is free at once, and what is lent when it is given back. */
  void close() {
    closed = true;
    for (int i = 0; i < count; i++) {
      var line = free.pollFirst();
      if (line == null) {
        return;
      }
      line.drop();
    }
  }
}
