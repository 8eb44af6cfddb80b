package dev.signalbox.rulesets;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;

/**
 * A candidate that is asked beside the ruleset that decides, about the same exceptions; nothing
 * follows from what it says.
 *
 * @param begun the event with which it began; its number is that of the shadow
 * @param baseline the ruleset that decides meanwhile
 */
public record ShadowPlan(RulesetEvent begun, Sha256 baseline, Bounds bounds) {
  private static final int BITS = 52;

  /**
   * What it may take.
   *
   * @param until what is decided from then on is none of its business
   * @param sample which part of the exceptions, above 0 and up to 1
   * @param share which part of the time of one processor, on each node
   */
  public record Bounds(Instant until, double sample, double share) {}

  static ShadowPlan of(RulesetEvent begun) {
    var body = EventBody.read(begun);
    return new ShadowPlan(
        begun,
        new Sha256(body.path("baseline").path("digest").asText()),
        new Bounds(
            Instant.parse(body.path("until").asText()),
            body.path("sample").doubleValue(),
            body.path("share").doubleValue()));
  }

  public long number() {
    return begun.number();
  }

  /** What is asked beside. */
  public Sha256 candidate() {
    return begun.ruleset();
  }

  /**
   * Whether an exception is of the sample: the same on all nodes, and with every candidate. An id
   * is a digest, so its last bits are as good as drawn.
   */
  public boolean samples(CaseId exception) {
    long drawn = exception.value().getLeastSignificantBits() & ((1L << BITS) - 1);
    return drawn < bounds.sample() * (1L << BITS);
  }
}
