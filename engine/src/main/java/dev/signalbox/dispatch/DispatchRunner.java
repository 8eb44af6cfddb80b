package dev.signalbox.dispatch;

import dev.signalbox.db.Database;
import dev.signalbox.desk.Desk;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Outlet;
import dev.signalbox.signals.Signals;
import dev.signalbox.work.WorkTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the work of all targets, each by itself. */
public final class DispatchRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchRunner.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** For what is left to write once everything was interrupted. */
  private static final Duration HAND_BACK_WITHIN = Duration.ofSeconds(3);

  private final With with;
  private final Map<TargetName, TargetRunner> targets = new LinkedHashMap<>();

  /** At the start, since a former process may have had other targets. */
  private final AtomicBoolean mayBeUnconfigured = new AtomicBoolean(true);

  /**
   * What the runners share.
   *
   * @param executor one virtual thread per task
   * @param chance for the jitter, from 0 to 1
   */
  public record With(
      Database database,
      Desk desk,
      Signals signals,
      Executor executor,
      InstantSource clock,
      DoubleSupplier chance) {}

  /** A target as it is configured. */
  public record Target(Outlet outlet, TargetPolicy policy) {}

  public DispatchRunner(Map<TargetName, Target> configured, With with) {
    this.with = with;
    configured.forEach((name, target) -> targets.put(name, new TargetRunner(name, target, with)));
  }

  /** Starts. */
  public void start() {
    targets.values().forEach(target -> with.executor().execute(target::run));
  }

  /** Shows work for targets that are not configured as held; it goes on when they are. */
  public void holdUnconfigured() {
    if (!mayBeUnconfigured.getAndSet(false)) {
      return;
    }
    try {
      with.database().inTransaction(tx -> WorkTable.showUnconfigured(tx, targets.keySet()));
    } catch (RuntimeException e) {
      mayBeUnconfigured.set(true);
      throw e;
    }
  }

  /** Says for which targets there is work; does not block. */
  public void ring(Set<TargetName> withWork) {
    for (var name : withWork) {
      var target = targets.get(name);
      if (target == null) {
        mayBeUnconfigured.set(true);
      } else {
        target.ring();
      }
    }
  }

  /** The breakers, by target. */
  public Map<TargetName, String> breakers() {
    var states = new TreeMap<TargetName, String>((a, b) -> a.value().compareTo(b.value()));
    targets.forEach((name, target) -> states.put(name, target.breakerState().name()));
    return states;
  }

  /** Takes no new work; what runs may end within a bound, and is handed back after it. */
  @Override
  public void close() {
    close(STOP_WITHIN);
  }

  void close(Duration within) {
    var all = targets.values();
    all.forEach(TargetRunner::stop);
    try {
      if (!haveEnded(within)) {
        all.forEach(TargetRunner::breakOff);
        if (!haveEnded(HAND_BACK_WITHIN)) {
          LOG.warn("Work was not handed back; its leases will end by themselves.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean haveEnded(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    boolean ended = true;
    for (var target : targets.values()) {
      ended &= target.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return ended;
  }
}
