package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.reviewers.RosterEvent;
import dev.signalbox.reviewers.RosterEventTable;
import dev.signalbox.reviewers.RosterTable;
import dev.signalbox.reviewers.Seat;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chain of what happened to rosters, recomputed, and the rosters by which people are chosen.
 */
final class RosterCheck {
  private static final int PAGE = 500;

  private final Map<Place, RosterEvent> last = new LinkedHashMap<>();

  private RosterCheck() {}

  private record Place(String queue, String reviewer) {
    static Place of(Seat seat) {
      return new Place(seat.queue().value(), seat.reviewer());
    }
  }

  /** Looks at all events, up to the first that does not fit, and then at the rosters. */
  static Finding run(Database database) {
    var check = new RosterCheck();
    var chain = new EventChain<>(RosterEventTable::after, RosterCheck::link, PAGE);
    var fault = chain.walk(database, check::look);
    var misfit =
        fault != null
            ? Misfit.ofRosters(fault.number(), fault.what())
            : database.<@Nullable Misfit>read(check::seats);
    return new Finding(0, 0, 0, 0, 0, chain.events(), misfit == null ? 0 : 1, misfit);
  }

  private static EventChain.Link link(RosterEvent event) {
    return new EventChain.Link(
        event.number(), event.previous(), event.hash(), event.expectedHash());
  }

  private @Nullable String look(Tx tx, RosterEvent event) {
    last.put(Place.of(event.seat()), event);
    return null;
  }

  /** Nobody is on a roster, or away from one, whom nobody put there. */
  private @Nullable Misfit seats(Tx tx) {
    var seats = new HashSet<>(RosterTable.all(tx));
    for (var event : last.values()) {
      boolean isThere = seats.remove(event.seat());
      if (isThere != (event.kind() == RosterEvent.Kind.PUT)) {
        return Misfit.ofRosters(
            event.number(),
            "%s is not on the roster of %s as the row says."
                .formatted(event.seat().reviewer(), event.seat().queue()));
      }
    }
    return seats.isEmpty()
        ? null
        : Misfit.ofRosters(
            0,
            "Nothing says who put %s on the roster of %s."
                .formatted(seats.iterator().next().reviewer(), seats.iterator().next().queue()));
  }
}
