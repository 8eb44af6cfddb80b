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
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/** Does the work of all targets, each by itself. */
public final class DispatchRunner implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final With with;
  private final Map<TargetName, TargetRunner> targets = new LinkedHashMap<>();

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
    configured.forEach((name, target) ->
        targets.put(name, new TargetRunner(name, target.outlet(), target.policy(), with)));
  }

  /** Starts. */
  public void start() {
    targets.values().forEach(target -> with.executor().execute(target::run));
  }

  /** Shows work for targets that are not configured as held; it goes on when they are. */
  public void holdUnconfigured() {
    with.database().inTransaction(tx -> WorkTable.showUnconfigured(tx, targets.keySet()));
  }

  /** Says that there may be work; does not block. */
  public void ring() {
    targets.values().forEach(TargetRunner::ring);
  }

  /** The breakers, by target. */
  public Map<TargetName, String> breakers() {
    var states = new TreeMap<TargetName, String>((a, b) -> a.value().compareTo(b.value()));
    targets.forEach((name, target) -> states.put(name, target.breakerState().name()));
    return states;
  }

  /** Takes no new work, and lets what runs end within a bound. */
  @Override
  public void close() {
    targets.values().forEach(TargetRunner::stop);
    for (var target : targets.values()) {
      try {
        target.awaitEnd(STOP_WITHIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
