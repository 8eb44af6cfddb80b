package dev.signalbox.ops.node;

import dev.signalbox.desk.Brought;
import dev.signalbox.exceptions.TargetName;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Rings whoever has something to do after a commit. Connected once, before anybody rings. */
final class Doorbell implements Consumer<Brought> {
  private volatile Consumer<Set<TargetName>> dispatch = targets -> {};
  private volatile Consumer<Instant> deadlines = timer -> {};

  void connect(Consumer<Set<TargetName>> toDispatch, Consumer<Instant> toDeadlines) {
    dispatch = toDispatch;
    deadlines = toDeadlines;
  }

  @Override
  public void accept(Brought brought) {
    if (!brought.targets().isEmpty()) {
      dispatch.accept(brought.targets());
    }
    if (brought.timer() != null) {
      deadlines.accept(brought.timer());
    }
  }
}
