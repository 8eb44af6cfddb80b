package dev.signalbox.desk;

import dev.signalbox.exceptions.TargetName;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a commit brought that somebody may wait for.
 *
 * @param targets the outside systems there is new work for
 * @param timer the first timer of the cases that changed; null when none of them has one
 */
public record Brought(Set<TargetName> targets, @Nullable Instant timer) {
  public Brought {
    targets = Set.copyOf(targets);
  }

  boolean isNothing() {
    return targets.isEmpty() && timer == null;
  }
}
