package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.FallbackDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fallback chain of a case, as it was when it started: what becomes of rulesets afterwards does
 * not bend it.
 *
 * @param ahead the steps that have not happened, in the order of time
 */
public record Fallback(List<Planned> ahead) {

  /** A step, and when it happens unless the exception is settled before. */
  public record Planned(FallbackStep step, Instant at) {}

  public Fallback {
    ahead = List.copyOf(ahead);
  }

  /** All of a chain that begins. */
  static Fallback of(FallbackDecision said) {
    var chain = said.chain();
    var planned = new ArrayList<Planned>(chain.size());
    for (int i = 0; i < chain.size(); i++) {
      planned.add(new Planned(chain.get(i), said.at().get(i)));
    }
    return new Fallback(planned);
  }

  /** The next step; null when there is none left. */
  public @Nullable Planned next() {
    return ahead.isEmpty() ? null : ahead.getFirst();
  }

  Fallback stepped() {
    return new Fallback(ahead.subList(1, ahead.size()));
  }

  Fallback later(Duration by) {
    return new Fallback(
        ahead.stream().map(one -> new Planned(one.step(), one.at().plus(by))).toList());
  }
}
