package dev.signalbox.outside;

import java.time.Instant;

/**
 * An outside system that takes exceptions: one instance per configured target, shared by all its
 * work, safe for many callers at once. Called from a virtual thread with no connection to the
 * database held.
 *
 * <p>The same dispatch may be attempted again after a crash or an unknown outcome, so every attempt
 * carries the dispatch id as the marker by which the outside system, or a look before the next
 * attempt, recognises it. An implementation answers with an {@link Attempt} and does not throw;
 * what it throws all the same counts as {@link Attempt.Unknown}.
 */
public interface Outlet {

  /**
   * Tries once to hand the exception over.
   *
   * @param deadline when the caller stops waiting; the outlet gives up before
   */
  Attempt attempt(Dispatch dispatch, Instant deadline);
}
