package dev.signalbox.exceptions;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands over a case while nobody has settled it.
 *
 * @param holds what the ledger is told not to post, in the order in which they were placed
 */
public record Standing(List<Hold> holds) {
  /** Nothing. */
  public static final Standing NONE = new Standing(List.of());

  public Standing {
    holds = List.copyOf(holds);
  }

  /** The hold with this id; null when there is none, or none any more. */
  public @Nullable Hold hold(HoldId id) {
    return holds.stream().filter(hold -> hold.id().equals(id)).findFirst().orElse(null);
  }

  Standing with(Hold hold) {
    return new Standing(Stream.concat(holds.stream(), Stream.of(hold)).toList());
  }

  Standing without(HoldId id) {
    return new Standing(holds.stream().filter(hold -> !hold.id().equals(id)).toList());
  }
}
