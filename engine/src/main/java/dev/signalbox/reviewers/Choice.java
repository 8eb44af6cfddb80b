package dev.signalbox.reviewers;

import dev.signalbox.access.Authority;
import dev.signalbox.exceptions.Assigning;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Reviewer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which of the cases that came together, one after the other: each choice counts for the
 * next. The same roster, turns, loads and cases always give the same. Pure.
 *
 * <p>A turn is the number of the last choice on the queue that fell on somebody, whatever the rule,
 * and 0 for who was never chosen. Whose is lowest was not chosen for longest. So who joins, or was
 * away, is next, and once only; and a roster that changes leaves nobody out.
 *
 * @param given who gets what; what fits nobody is missing
 * @param turns the new turns of those who were chosen
 */
record Choice(Map<CaseId, String> given, Map<Place, Long> turns) {

  /** Somebody on a queue. */
  record Place(QueueName queue, String reviewer) {}

  /** A place with when its turn last was. */
  record Turn(Seat seat, long last) {}

  /**
   * Chooses.
   *
   * @param loads how many exceptions each of the roster has already; who is missing has none
   */
  static Choice of(
      List<Wanted> wanted, List<Turn> roster, Map<String, Integer> loads, Authority authority) {
    var table = new Table(roster, loads, authority);
    var given = new LinkedHashMap<CaseId, String>();
    for (var one : wanted) {
      var who = table.choose(one);
      if (who != null) {
        given.put(one.state().id(), who);
      }
    }
    return new Choice(given, table.moved);
  }

  /** Those who may be chosen, as the choices so far leave them. */
  private static final class Table {
    private final Map<QueueName, List<Chair>> chairs = new HashMap<>();
    private final Map<QueueName, Long> newest = new HashMap<>();
    private final Map<String, Integer> loads;
    private final Map<Place, Long> moved = new LinkedHashMap<>();

    Table(List<Turn> roster, Map<String, Integer> loads, Authority authority) {
      this.loads = new HashMap<>(loads);
      for (var turn : roster) {
        var queue = turn.seat().queue();
        newest.merge(queue, turn.last(), Math::max);
        if (!turn.seat().away()) {
          chairs
              .computeIfAbsent(queue, absent -> new ArrayList<>())
              .add(new Chair(turn.seat(), turn.seat().person(authority), turn.last()));
        }
      }
    }

    @Nullable String choose(Wanted wanted) {
      var route = wanted.state().route();
      if (route == null) {
        return null;
      }
      var queue = route.queue();
      var chosen =
          chairs.getOrDefault(queue, List.of()).stream()
              .filter(chair -> !chair.person.name().equals(wanted.but()))
              .filter(chair -> Assigning.fits(wanted.state(), chair.person, chair.seat.sight()))
              .min(order(wanted.rule()))
              .orElse(null);
      if (chosen == null) {
        return null;
      }
      var name = chosen.person.name();
      chosen.last = newest.merge(queue, 1L, Long::sum);
      loads.merge(name, 1, Integer::sum);
      moved.put(new Place(queue, name), chosen.last);
      return name;
    }

    private Comparator<Chair> order(AssignmentRule rule) {
      Comparator<Chair> byLoad = Comparator.comparingInt(this::load);
      Comparator<Chair> byTurn = Comparator.comparingLong(chair -> chair.last);
      var first =
          switch (rule) {
            case ROUND_ROBIN -> byTurn;
            case LEAST_LOADED -> byLoad.thenComparing(byTurn);
            case BY_SKILL ->
                byLoad
                    .thenComparing(Comparator.comparingInt(chair -> chair.seat.skills().size()))
                    .thenComparing(byTurn);
          };
      return first.thenComparing(chair -> chair.person.name());
    }

    private int load(Chair chair) {
      return loads.getOrDefault(chair.person.name(), 0);
    }
  }

  private static final class Chair {
    private final Seat seat;
    private final Reviewer person;
    private long last;

    Chair(Seat seat, Reviewer person, long last) {
      this.seat = seat;
      this.person = person;
      this.last = last;
    }
  }
}
