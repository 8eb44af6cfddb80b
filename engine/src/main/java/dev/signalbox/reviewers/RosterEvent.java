package dev.signalbox.reviewers;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.EventHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a roster, and how the place was then. Events are numbered from 1
 * without a gap, and chained: the hash is an {@link EventHash} with the tag {@code
 * signalbox/roster-event/1} over the number, the instant, the kind, the queue, the reviewer, the
 * skills, the roles, the contexts (each a line), whether he is away, and who did it.
 *
 * @param at in microseconds
 * @param actor who did it
 */
public record RosterEvent(
    long number, Instant at, Kind kind, Seat seat, String actor, Sha256 previous, Sha256 hash) {
  private static final String TAG = "signalbox/roster-event/1";

  /** What can happen. */
  public enum Kind {
    /** Somebody is on the roster, as the event says. */
    PUT,
    /** Somebody is not on it any more. */
    REMOVED
  }

  /** The next event after another; null where there is none. */
  static RosterEvent after(
      @Nullable RosterEvent last, Instant at, Kind kind, Seat seat, String actor) {
    var event =
        new RosterEvent(
            last == null ? 1 : last.number + 1,
            at,
            kind,
            seat,
            actor,
            last == null ? EventHash.GENESIS : last.hash,
            EventHash.GENESIS);
    return new RosterEvent(
        event.number, at, kind, seat, actor, event.previous, event.expectedHash());
  }

  /** The hash that the event should have by what it says. */
  public Sha256 expectedHash() {
    return EventHash.of(
        TAG,
        previous,
        number,
        at,
        kind,
        seat.queue().value(),
        seat.reviewer(),
        String.join("\n", seat.skills()),
        String.join("\n", seat.roles()),
        seat.contexts() == null ? null : String.join("\n", seat.contexts()),
        String.valueOf(seat.away()),
        actor);
  }
}
