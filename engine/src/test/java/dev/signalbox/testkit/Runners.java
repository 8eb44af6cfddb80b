package dev.signalbox.testkit;

import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.dispatch.TargetPolicy;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Outlet;
import dev.signalbox.signals.Signals;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** Runners of a signal box, which wait half of what a retry may wait. */
public final class Runners {
  private Runners() {}

  /** One that treats all targets alike; not started. */
  public static DispatchRunner runner(
      TestBox box, ExecutorService executor, TargetPolicy policy, Map<TargetName, Outlet> outlets) {
    var targets = new HashMap<TargetName, DispatchRunner.Target>();
    outlets.forEach((name, outlet) -> targets.put(name, new DispatchRunner.Target(outlet, policy)));
    return new DispatchRunner(
        targets,
        new DispatchRunner.With(
            box.postgres().database(),
            box.desk(),
            Signals.none(),
            executor,
            InstantSource.system(),
            () -> 0.5));
  }
}
