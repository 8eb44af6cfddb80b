package dev.signalbox.access;

import dev.signalbox.access.KeyEvent.Kind;
import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Sight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys, replaces and revokes them; each of it is an event in a chain. Blocks.
 *
 * <p>Whoever holds a key is known by its name, also as the proposer or approver of something. So no
 * two keys of different people have the same name: a name belongs to whoever had it first, and only
 * a rotation gives it another key.
 */
public final class Keys {
  /** How long a key may go on beside the one that replaces it. */
  public static final Duration OVERLAP_MAX = Duration.ofDays(30);

  /** The longest name and the longest reason. */
  public static final int NAME_MAX = 100;

  /** Begins like a word, so that a name cannot be taken for something else. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]*");

  private final Database database;
  private final InstantSource clock;

  public Keys(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** A new key; its text is not to be had again. */
    record Made(Key key, String text) implements Outcome {}

    /** It lets nobody in any more. */
    record Revoked(Key key) implements Outcome {}

    /** There is no such key. */
    record Unknown() implements Outcome {}

    /** Nothing was done; one sentence on why. */
    record Refused(String code, String why) implements Outcome {}
  }

  /** All keys that ever were, and the newest events. */
  public record Ring(List<Key> keys, List<KeyEvent> events) {}

  public Ring all(int events) {
    return database.read(tx -> new Ring(KeyTable.all(tx), KeyEventTable.newest(tx, events)));
  }

  /**
   * A key that somebody wants.
   *
   * @param sight which exceptions it reaches
   * @param endsAt from when it lets nobody in; null for never
   */
  public record Wanted(String name, Role role, Sight sight, @Nullable Instant endsAt) {}

  /** Makes a key. */
  public Outcome create(Wanted wanted, String why, Actor actor) {
    var name = wanted.name();
    var endsAt = wanted.endsAt();
    if (name.length() > NAME_MAX || !NAME.matcher(name).matches()) {
      return new Outcome.Refused(
          "NAME",
          "A name begins with a letter or a digit, and has at most %d letters, digits, spaces and ._@+-."
              .formatted(NAME_MAX));
    }
    if (wanted.role() == Role.ADMIN && !wanted.sight().isAll()) {
      return new Outcome.Refused(
          "LIMITED_ADMIN", "An administrator is one for all contexts and queues.");
    }
    return changing((tx, now) -> {
      if (endsAt != null && !endsAt.isAfter(now)) {
        return new Outcome.Refused("ENDED", "The key would end before it begins.");
      }
      boolean isTaken =
          KeyTable.all(tx).stream().anyMatch(key -> key.name().equalsIgnoreCase(name));
      return isTaken
          ? new Outcome.Refused(
              "NAME_TAKEN",
              "There is a key with the name \"%s\"; rotate it, or take another name."
                  .formatted(name))
          : made(tx, now, wanted, new By(actor, why));
    });
  }

  /**
   * Makes a key in place of another, with the same name, role and sight.
   *
   * @param overlap how long the other goes on
   */
  public Outcome rotate(UUID id, Duration overlap, String why, Actor actor) {
    return changing((tx, now) -> {
      var old = KeyTable.find(tx, id);
      if (old == null) {
        return new Outcome.Unknown();
      }
      if (!old.isValid(now)) {
        return new Outcome.Refused(
            "ENDED", "The key ended at %s; make a new one.".formatted(old.endsAt()));
      }
      var end = now.plus(overlap).truncatedTo(ChronoUnit.MICROS);
      var ended = old.endsAt() != null && old.endsAt().isBefore(end) ? old : old.endingAt(end);
      KeyTable.end(tx, ended);
      var by = new By(actor, why);
      KeyEventTable.append(tx, by.did(now, Kind.ROTATED, ended));
      return made(tx, now, new Wanted(old.name(), old.role(), old.sight(), old.endsAt()), by);
    });
  }

  /** Takes a key back, at once; repeating it changes nothing. */
  public Outcome revoke(UUID id, String why, Actor actor) {
    return changing((tx, now) -> {
      var key = KeyTable.find(tx, id);
      if (key == null) {
        return new Outcome.Unknown();
      }
      if (!key.isValid(now)) {
        return new Outcome.Revoked(key);
      }
      if (key.role() == Role.ADMIN && isLastAdmin(tx, key, now)) {
        return new Outcome.Refused(
            "LAST_ADMIN",
            "It is the last key of an administrator, and nobody could make another; make one first.");
      }
      var ended = key.endingAt(now);
      KeyTable.end(tx, ended);
      KeyEventTable.append(tx, new By(actor, why).did(now, Kind.REVOKED, ended));
      return new Outcome.Revoked(ended);
    });
  }

  private static boolean isLastAdmin(Tx tx, Key key, Instant now) {
    return KeyTable.all(tx).stream()
        .noneMatch(other ->
            other.role() == Role.ADMIN
                && !other.id().equals(key.id())
                && other.endsAt() == null
                && other.isValid(now));
  }

  private record By(Actor actor, String why) {
    KeyEvent.Draft did(Instant now, Kind kind, Key key) {
      return new KeyEvent.Draft(now, kind, key, actor.text(), why);
    }
  }

  private static Outcome made(Tx tx, Instant now, Wanted wanted, By by) {
    var text = Access.newKey();
    var end = wanted.endsAt() == null ? null : wanted.endsAt().truncatedTo(ChronoUnit.MICROS);
    var key =
        new Key(
            UUID.randomUUID(),
            wanted.name(),
            wanted.role(),
            wanted.sight(),
            Access.digest(text),
            now,
            end);
    KeyTable.insert(tx, key);
    KeyEventTable.append(tx, by.did(now, Kind.CREATED, key));
    return new Outcome.Made(key, text);
  }

  /** What is done to the keys, one after the other. */
  private interface Change {
    Outcome at(Tx tx, Instant now);
  }

  private Outcome changing(Change change) {
    return database.inTransaction(tx -> {
      KeyTable.lock(tx);
      return change.at(tx, clock.instant().truncatedTo(ChronoUnit.MICROS));
    });
  }
}
