package dev.signalbox.access;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.journal.EventHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a key, and how the key was then. Events are numbered from 1 without a
 * gap, and chained: the hash is an {@link EventHash} with the tag {@code signalbox/key-event/1}
 * over the other fields in the order of the components here, but for the sight. Where that is
 * limited the tag is {@code signalbox/key-event/2}, and its contexts and its queues follow, a line
 * feed between their names.
 *
 * @param at in microseconds
 * @param role as it is stored: what is hashed does not change when a role gets another name
 * @param sight which exceptions it reaches
 * @param digest of the key
 * @param endsAt from when it lets nobody in; null for never
 * @param actor who did it
 */
public record KeyEvent(
    long number,
    Instant at,
    Kind kind,
    UUID key,
    String name,
    String role,
    Sight sight,
    Sha256 digest,
    @Nullable Instant endsAt,
    String actor,
    String why,
    Sha256 previous,
    Sha256 hash) {
  private static final String TAG = "signalbox/key-event/1";
  private static final String LIMITED = "signalbox/key-event/2";

  /** What can happen. */
  public enum Kind {
    /** It lets somebody in. */
    CREATED,
    /** Another key takes its place; it ends. */
    ROTATED,
    /** It lets nobody in any more. */
    REVOKED
  }

  /** An event that has no place in the chain yet. */
  record Draft(Instant at, Kind kind, Key key, String actor, String why) {}

  /** The draft, as the next event after another; null where there is none. */
  static KeyEvent after(@Nullable KeyEvent last, Draft draft) {
    var key = draft.key;
    var event =
        new KeyEvent(
            last == null ? 1 : last.number + 1,
            draft.at,
            draft.kind,
            key.id(),
            key.name(),
            key.role().name(),
            key.sight(),
            key.digest(),
            key.endsAt(),
            draft.actor,
            draft.why,
            last == null ? EventHash.GENESIS : last.hash,
            EventHash.GENESIS);
    return event.with(event.expectedHash());
  }

  private KeyEvent with(Sha256 newHash) {
    return new KeyEvent(
        number, at, kind, key, name, role, sight, digest, endsAt, actor, why, previous, newHash);
  }

  /** The hash that the event should have by what it says. */
  public Sha256 expectedHash() {
    @Nullable Object[] fields = {
      number, at, kind, key, name, role, digest.hex(), endsAt, actor, why
    };
    if (sight.isAll()) {
      return EventHash.of(TAG, previous, fields);
    }
    var more = new ArrayList<@Nullable Object>(Arrays.asList(fields));
    more.add(lines(sight.contexts()));
    more.add(lines(sight.queues()));
    return EventHash.of(LIMITED, previous, more.toArray());
  }

  private static @Nullable String lines(@Nullable List<String> names) {
    return names == null ? null : String.join("\n", names);
  }

  /** The role that it gives. */
  public Role grants() {
    return Role.stored(role);
  }

  /** Whether a key is as this says. */
  public boolean says(Key other) {
    return key.equals(other.id())
        && name.equals(other.name())
        && grants() == other.role()
        && sight.equals(other.sight())
        && digest.equals(other.digest())
        && Objects.equals(endsAt, other.endsAt());
  }
}
