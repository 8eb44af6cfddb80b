package dev.signalbox.dispatch;

import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.signals.LogScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outlet whose caller never waits longer than the timeout: what takes longer is interrupted, and
 * its outcome is unknown. It is left behind even when it ignores that; the lease of its work is
 * then anybody's, and the dispatch id tells the target that it is the same. Whatever it throws is
 * an unknown outcome too.
 */
final class BoundedOutlet implements Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedOutlet.class);

  private final Outlet outlet;
  private final Duration timeout;
  private final Executor executor;
  private final Map<Thread, Future<Attempt>> calls = new ConcurrentHashMap<>();
  private final CountDownLatch breakOff = new CountDownLatch(1);

  /**
   * Bounds an outlet.
   *
   * @param executor one virtual thread per task
   */
  BoundedOutlet(Outlet outlet, Duration timeout, Executor executor) {
    this.outlet = outlet;
    this.timeout = timeout;
    this.executor = executor;
  }

  @Override
  public Attempt attempt(Dispatch dispatch, Instant deadline) {
    var call =
        new FutureTask<Attempt>(() -> {
          try (var _ = LogScope.of(dispatch.traceParent(), dispatch.exception().id())) {
            return outlet.attempt(dispatch, deadline);
          }
        });
    calls.put(Thread.currentThread(), call);
    try {
      if (isBrokenOff()) {
        return new Attempt.Unknown("Not made, since this node stops.");
      }
      executor.execute(call);
      return call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn("The adapter of {} is interrupted on {}.", dispatch.target(), dispatch.id());
      call.cancel(true);
      return new Attempt.Unknown("No outcome within " + timeout + ".");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.error("The adapter of {} failed on {}.", dispatch.target(), dispatch.id(), cause);
      return new Attempt.Unknown("The adapter failed: " + cause.getClass().getSimpleName());
    } catch (CancellationException e) {
      return new Attempt.Unknown("Broken off, since this node stops.");
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      return new Attempt.Unknown("Interrupted while waiting for the outcome.");
    } finally {
      calls.remove(Thread.currentThread());
    }
  }

  /** Interrupts what runs, and begins nothing more; the outcomes are unknown. */
  void breakOff() {
    breakOff.countDown();
    calls.values().forEach(call -> call.cancel(true));
  }

  boolean isBrokenOff() {
    return breakOff.getCount() == 0;
  }

  /** Waits, not longer than told, for {@link #breakOff}; also true when interrupted. */
  boolean breaksOffWithin(Duration patience) {
    try {
      return breakOff.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
