package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import java.util.ArrayList;
import java.util.List;

/** What commands on holds do to a case, where the lifecycle lets them at all. Pure. */
final class Holding {
  /** A ledger that is told a hundred things of one item is told nothing. */
  static final int HOLDS_MAX = 100;

  private static final String SETTLED = "The exception is settled.";

  private Holding() {}

  static Outcome place(ExceptionCase current, CaseCommand.PlaceHold place) {
    var scope = Hold.Scope.of(place.on(), current);
    if (scope == null) {
      return Refused.because(
          new Refusal.Misfit("The report names no %s to hold.".formatted(place.on().words())));
    }
    if (current.standing().holds().size() >= HOLDS_MAX) {
      return Refused.because(
          new Refusal.Misfit(
              "The exception has %d holds; release one first.".formatted(HOLDS_MAX)));
    }
    var id = HoldId.of(current.id(), current.version());
    return new Accepted(List.of(new CaseEvent.HoldPlaced(id, scope, place.reason(), place.by())));
  }

  static Outcome release(ExceptionCase current, CaseCommand.ReleaseHold release) {
    return current.standing().hold(release.hold()) == null
        ? Refused.because(new Refusal.UnknownHold(release.hold()))
        : new Accepted(
            List.of(new CaseEvent.HoldReleased(release.hold(), release.reason(), release.by())));
  }

  /** Whatever settles an exception releases what it held, in the same commit. */
  static Outcome releasedBySettling(ExceptionCase current, Outcome outcome) {
    if (current.standing().holds().isEmpty()
        || !(outcome instanceof Accepted(var events))
        || events.stream().noneMatch(Holding::settles)) {
      return outcome;
    }
    var all = new ArrayList<>(events);
    for (var hold : current.standing().holds()) {
      all.add(new CaseEvent.HoldReleased(hold.id(), SETTLED, null));
    }
    return new Accepted(all);
  }

  private static boolean settles(CaseEvent event) {
    return event instanceof CaseEvent.Resolved || event instanceof CaseEvent.Cleared;
  }
}
