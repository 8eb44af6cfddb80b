package dev.signalbox.exceptions;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands over a case while nobody has settled it.
 *
 * @param holds what the ledger is told not to post, in the order in which they were placed
 * @param fallback what happens while nobody takes care of it; null where no chain was started
 * @param pause null unless it rests
 */
public record Standing(List<Hold> holds, @Nullable Fallback fallback, @Nullable Pause pause) {
  /** Nothing. */
  public static final Standing NONE = new Standing(List.of(), null, null);

  public Standing {
    holds = List.copyOf(holds);
  }

  /** The hold with this id; null when there is none, or none any more. */
  public @Nullable Hold hold(HoldId id) {
    return holds.stream().filter(hold -> hold.id().equals(id)).findFirst().orElse(null);
  }

  Standing with(Hold hold) {
    return new Standing(Stream.concat(holds.stream(), Stream.of(hold)).toList(), fallback, pause);
  }

  Standing without(HoldId id) {
    return new Standing(
        holds.stream().filter(hold -> !hold.id().equals(id)).toList(), fallback, pause);
  }

  Standing falling(@Nullable Fallback chain) {
    return new Standing(holds, chain, pause);
  }

  /** After a step of its chain. */
  Standing stepped() {
    return fallback == null ? this : falling(fallback.stepped());
  }

  /** What is ahead happens so much later. */
  Standing later(Duration by) {
    return fallback == null ? this : falling(fallback.later(by));
  }

  Standing resting(@Nullable Pause newPause) {
    return new Standing(holds, fallback, newPause);
  }

  /** Time moves nothing any more; the ledger goes on holding. */
  Standing settled() {
    return new Standing(holds, null, null);
  }
}
