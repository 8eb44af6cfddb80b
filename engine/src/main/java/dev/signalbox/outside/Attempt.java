package dev.signalbox.outside;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to hand an exception over. */
public sealed interface Attempt {

  /**
   * The target said that it has it.
   *
   * @param externalReference the target's id of the matter, e.g. {@code REC-24}
   * @param adopted whether an earlier attempt turned out to have created it
   */
  record Delivered(@Nullable String externalReference, boolean adopted) implements Attempt {}

  /**
   * Not now; nothing was taken.
   *
   * @param retryAfter what the target asked for; null when it did not
   */
  record RetryLater(String reason, @Nullable Duration retryAfter) implements Attempt {}

  /** The request left, and no answer says whether it arrived. */
  record Unknown(String reason) implements Attempt {}

  /**
   * The target answers well, and cannot say yet whether an earlier attempt arrived: it is asked
   * again after a while, at no attempt's cost.
   *
   * @param left until it can say so
   */
  record Settling(String reason, Duration left) implements Attempt {}

  /** The target refuses this one for good; trying again would not help. */
  record RejectedByTarget(String reason) implements Attempt {}

  /** The target refuses everything for now (401, 403, 410): held, at no attempt's cost. */
  record TargetDown(String reason) implements Attempt {}
}
