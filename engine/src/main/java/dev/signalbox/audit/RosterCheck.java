package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.EventHash;
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
  private Sha256 head = EventHash.GENESIS;
  private long events;

  private RosterCheck() {}

  private record Place(String queue, String reviewer) {
    static Place of(Seat seat) {
      return new Place(seat.queue().value(), seat.reviewer());
    }
  }

  /** Looks at all events, up to the first that does not fit, and then at the rosters. */
  static Finding run(Database database) {
    var check = new RosterCheck();
    @Nullable Misfit misfit = null;
    boolean isMore = true;
    while (isMore && misfit == null) {
      long before = check.events;
      misfit = database.<@Nullable Misfit>read(check::page);
      isMore = check.events - before == PAGE;
    }
    if (misfit == null) {
      misfit = database.<@Nullable Misfit>read(check::seats);
    }
    return new Finding(0, 0, 0, 0, 0, check.events, misfit == null ? 0 : 1, misfit);
  }

  private @Nullable Misfit page(Tx tx) {
    for (var event : RosterEventTable.after(tx, events, PAGE)) {
      var what = fault(event);
      if (what != null) {
        return Misfit.ofRosters(events + 1, what);
      }
      head = event.hash();
      events++;
      last.put(Place.of(event.seat()), event);
    }
    return null;
  }

  private @Nullable String fault(RosterEvent event) {
    if (event.number() != events + 1) {
      return "The row is missing.";
    }
    if (!event.previous().equals(head)) {
      return "The row does not follow the one before it.";
    }
    return event.hash().equals(event.expectedHash())
        ? null
        : "The row's hash is not that of its content.";
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
