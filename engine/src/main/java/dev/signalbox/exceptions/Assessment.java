package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import org.jspecify.annotations.Nullable;

/**
 * The advice an exception needs before it can wait on a queue.
 *
 * @param fallback what happens while nobody takes care of it; null where that is not asked
 */
public record Assessment(
    Advice<SeverityDecision> classification,
    Advice<RoutingDecision> routing,
    @Nullable Advice<FallbackDecision> fallback) {

  public Assessment(Advice<SeverityDecision> classification, Advice<RoutingDecision> routing) {
    this(classification, routing, null);
  }

  public Assessment falling(@Nullable Advice<FallbackDecision> chain) {
    return new Assessment(classification, routing, chain);
  }
}
