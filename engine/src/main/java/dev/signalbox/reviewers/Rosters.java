package dev.signalbox.reviewers;

import dev.signalbox.access.Key;
import dev.signalbox.access.KeyTable;
import dev.signalbox.access.Permission;
import dev.signalbox.access.Role;
import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.reviewers.RosterEvent.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes rosters; each change is an event in a chain. What changes nothing is none. Blocks. */
public final class Rosters {
  /** The most people on one queue's roster. */
  public static final int SEATS_MAX = 200;

  private final Database database;
  private final InstantSource clock;

  public Rosters(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What became of a change. */
  public sealed interface Outcome {
    /** The place as it is now, or as it was before it went. */
    record Done(Seat seat) implements Outcome {}

    /** Nobody of that name is on the roster. */
    record Unknown() implements Outcome {}

    /** Nothing was done; one sentence on why. */
    record Refused(String code, String why) implements Outcome {}
  }

  /**
   * A queue's roster.
   *
   * @param loads how many exceptions each has, up to 1,000
   * @param events the newest changes, newest first
   */
  public record Roster(List<Seat> seats, Map<String, Integer> loads, List<RosterEvent> events) {}

  public Roster of(QueueName queue, int events) {
    return database.read(tx -> {
      var seats = RosterTable.of(tx, queue);
      return new Roster(
          seats,
          RosterTable.loads(tx, seats.stream().map(Seat::reviewer).toList()),
          RosterEventTable.newest(tx, queue, events));
    });
  }

  /**
   * What is wanted of a place.
   *
   * @param away null to leave it as it is; who is new is there
   */
  public record Wanted(
      QueueName queue,
      String reviewer,
      List<String> skills,
      List<Role> roles,
      @Nullable List<String> contexts,
      @Nullable Boolean away) {}

  /**
   * Puts somebody on a roster, or changes what is said of him there. What the key of that name says
   * on its role and contexts is known, and need not be said; it cannot be said otherwise.
   */
  public Outcome put(Wanted wanted, Actor actor) {
    return changing((tx, now) -> {
      var there = new HashMap<String, Seat>();
      RosterTable.of(tx, wanted.queue()).forEach(seat -> there.put(seat.reviewer(), seat));
      var before = there.get(wanted.reviewer());
      if (before == null && there.size() >= SEATS_MAX) {
        return new Outcome.Refused(
            "ROSTER_FULL", "A roster has at most %d reviewers.".formatted(SEATS_MAX));
      }
      var key = key(tx, wanted.reviewer(), now);
      var refused = key == null ? null : misfit(wanted, key);
      if (refused != null) {
        return refused;
      }
      boolean isAway = wanted.away() == null ? before != null && before.away() : wanted.away();
      var seat = seat(wanted, key, isAway);
      if (!seat.equals(before)) {
        put(tx, seat, now, actor);
      }
      return new Outcome.Done(seat);
    });
  }

  private static @Nullable Key key(Tx tx, String name, Instant now) {
    return KeyTable.all(tx).stream()
        .filter(key -> key.name().equals(name) && key.isValid(now))
        .findFirst()
        .orElse(null);
  }

  private static Outcome.@Nullable Refused misfit(Wanted wanted, Key key) {
    if (!Permission.REVIEW.isOf(List.of(key.role()))) {
      return new Outcome.Refused(
          "NO_REVIEWER",
          "The key of %s is that of one of %s, who works on no exceptions."
              .formatted(key.name(), key.role()));
    }
    var queues = key.sight().queues();
    if (queues != null && !queues.contains(wanted.queue().value())) {
      return new Outcome.Refused(
          "OUT_OF_SIGHT",
          "The key of %s does not reach the queue \"%s\".".formatted(key.name(), wanted.queue()));
    }
    if (!wanted.roles().isEmpty() && !wanted.roles().equals(List.of(key.role()))) {
      return new Outcome.Refused(
          "OTHER_ROLE",
          "The key of %s is that of one of %s; leave the roles out, or say that one."
              .formatted(key.name(), key.role()));
    }
    var reached = key.sight().contexts();
    var contexts = wanted.contexts();
    return reached == null || contexts == null || new HashSet<>(reached).containsAll(contexts)
        ? null
        : new Outcome.Refused(
            "OUT_OF_SIGHT",
            "The key of %s reaches the contexts %s only; leave them out, or say some of these."
                .formatted(key.name(), reached));
  }

  private static Seat seat(Wanted wanted, @Nullable Key key, boolean isAway) {
    var roles = key == null ? wanted.roles() : List.of(key.role());
    var contexts =
        wanted.contexts() == null && key != null ? key.sight().contexts() : wanted.contexts();
    return new Seat(
        wanted.queue(),
        wanted.reviewer(),
        wanted.skills(),
        roles.stream().map(Role::name).toList(),
        contexts,
        isAway);
  }

  private static void put(Tx tx, Seat seat, Instant now, Actor actor) {
    RosterTable.put(tx, seat);
    RosterEventTable.append(tx, now, Kind.PUT, seat, actor.text());
  }

  /** Takes somebody off a roster. What he has he keeps. */
  public Outcome remove(QueueName queue, String reviewer, Actor actor) {
    return changing((tx, now) -> {
      for (var seat : RosterTable.of(tx, queue)) {
        if (seat.reviewer().equals(reviewer)) {
          RosterTable.remove(tx, seat);
          RosterEventTable.append(tx, now, Kind.REMOVED, seat, actor.text());
          return new Outcome.Done(seat);
        }
      }
      return new Outcome.Unknown();
    });
  }

  /**
   * Somebody goes away, or is back: on all rosters he is on. What he has he keeps.
   *
   * @return his places, by queue
   */
  public List<Seat> away(String reviewer, boolean isAway, Actor actor) {
    return changing((tx, now) -> {
      var seats = RosterTable.of(tx, reviewer);
      for (var seat : seats) {
        if (seat.away() != isAway) {
          put(tx, seat.with(isAway), now, actor);
        }
      }
      return seats.stream().map(seat -> seat.with(isAway)).toList();
    });
  }

  /** What is done to rosters, one after the other. */
  private interface Change<T> {
    T at(Tx tx, Instant now);
  }

  private <T> T changing(Change<T> change) {
    return database.inTransaction(tx -> {
      RosterTable.lock(tx);
      return change.at(tx, clock.instant().truncatedTo(ChronoUnit.MICROS));
    });
  }
}
