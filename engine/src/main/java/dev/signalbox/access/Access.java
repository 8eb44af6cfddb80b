package dev.signalbox.access;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.Sight;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, by a key of ours or by a token of the identity provider. A key is 256 random
 * bits, so a plain SHA-256 of it tells nothing and needs no salt; it is looked up by its digest, so
 * there is nothing to compare in constant time. What was found is believed for a few seconds, which
 * bounds how long a revoked key still works.
 */
public final class Access {
  private static final int KEY_BYTES = 32;
  private static final int REMEMBERED_MAX = 1_000;
  private static final Duration BELIEVED = Duration.ofSeconds(3);

  /** The provider cannot take a token back before it ends. */
  private static final Duration TOKEN_BELIEVED = Duration.ofMinutes(1);

  private static final String GIVEN = new Actor.Component("start").text();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final InstantSource clock;
  private final @Nullable People people;
  private final Authority authority;
  private final Map<Sha256, Found> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Found> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  private record Found(Caller caller, Instant until) {}

  /** What came of looking somebody up. */
  public sealed interface Answer {
    /** It is somebody. */
    record Known(Caller caller) implements Answer {}

    /** It is nobody; one sentence on why. */
    record Unknown(String why) implements Answer {}

    /** The identity provider is away, so nobody can tell. */
    record Away(String why) implements Answer {}
  }

  /**
   * Access for keys, and for people where there is an identity provider.
   *
   * @param people whose tokens are read; null for none
   * @param authority what each role may take on
   */
  public Access(
      Database database, InstantSource clock, @Nullable People people, Authority authority) {
    this.database = database;
    this.clock = clock;
    this.people = people;
    this.authority = authority;
  }

  /** A new key; it is shown once and cannot be shown again. */
  public static String newKey() {
    var bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return "sbx_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Lets a key in that was given from outside; repeating it changes nothing. */
  public void add(String name, Role role, String key) {
    database.inTransaction(tx -> {
      KeyTable.lock(tx);
      var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      var known = KeyTable.find(tx, digest(key));
      if (known == null) {
        var given = new Key(UUID.randomUUID(), name, role, Sight.ALL, digest(key), now, null);
        KeyTable.insert(tx, given);
        KeyEventTable.append(tx, given(now, given));
      } else if (!KeyEventTable.isKnown(tx, known.id())) {
        // It is older than the events.
        KeyEventTable.append(tx, given(now, known));
      }
      return true;
    });
  }

  private static KeyEvent.Draft given(Instant now, Key key) {
    return new KeyEvent.Draft(now, KeyEvent.Kind.CREATED, key, GIVEN, "A node was given it.");
  }

  /**
   * Who holds a key or a token, as far as it is remembered; does not block.
   *
   * @return null when it has to be looked up
   */
  public @Nullable Caller remembered(String credential) {
    synchronized (remembered) {
      var found = remembered.get(digest(credential));
      return found != null && clock.instant().isBefore(found.until()) ? found.caller() : null;
    }
  }

  /** Who holds a key or a token. Blocks. */
  public Answer find(String credential) {
    return people != null && People.isToken(credential)
        ? ofToken(people, credential)
        : ofKey(credential);
  }

  private Answer ofToken(People known, String token) {
    var read = known.read(token, authority);
    if (read.answer() instanceof Answer.Known(var caller) && read.endsAt() != null) {
      remember(token, caller, TOKEN_BELIEVED, read.endsAt());
    }
    return read.answer();
  }

  private Answer ofKey(String key) {
    var digest = digest(key);
    var found = database.<@Nullable Key>read(tx -> KeyTable.find(tx, digest));
    if (found == null || !found.isValid(clock.instant())) {
      return new Answer.Unknown(
          "The call needs a valid key%s: \"Authorization: Bearer KEY\"."
              .formatted(people == null ? "" : " or token"));
    }
    var caller = caller(found);
    remember(key, caller, BELIEVED, found.endsAt());
    return new Answer.Known(caller);
  }

  private Caller caller(Key key) {
    var roles = Set.of(key.role());
    return new Caller(key.name(), roles, key.sight(), authority.of(roles, Set.of()));
  }

  private void remember(
      String credential, Caller caller, Duration believed, @Nullable Instant endsAt) {
    var until = clock.instant().plus(believed);
    synchronized (remembered) {
      remembered.put(
          digest(credential),
          new Found(caller, endsAt != null && endsAt.isBefore(until) ? endsAt : until));
    }
  }

  static Sha256 digest(String key) {
    return Sha256.over(key.getBytes(StandardCharsets.UTF_8));
  }
}
