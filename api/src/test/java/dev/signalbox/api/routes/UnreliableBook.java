package dev.signalbox.api.routes;

import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ledger behind a bad line: some orders reach it twice at the same time, and of some that it
 * booked nobody learns.
 */
final class UnreliableBook implements Outlet {
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final Outlet book;
  private final AtomicLong orders = new AtomicLong();
  private final AtomicLong doubled = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();

  UnreliableBook(Outlet book) {
    this.book = book;
  }

  @Override
  public Attempt attempt(Dispatch dispatch, Instant deadline) {
    long order = orders.incrementAndGet();
    CompletableFuture<?> other = CompletableFuture.completedFuture(true);
    if (order % 5 == 0) {
      doubled.incrementAndGet();
      other = CompletableFuture.supplyAsync(() -> book.attempt(dispatch, deadline), THREADS);
    }
    var attempt = book.attempt(dispatch, deadline);
    other.join();
    if (order % 6 == 0) {
      unanswered.incrementAndGet();
      return new Attempt.Unknown("The line broke.");
    }
    return attempt;
  }

  /** How many orders came twice at once. */
  long doubled() {
    return doubled.get();
  }

  /** How many answers were lost. */
  long unanswered() {
    return unanswered.get();
  }
}
