package dev.signalbox.journal;

import dev.signalbox.db.Database;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the subjects: made when first needed, ahead of the commit that uses them, wrapped by
 * the master key, and remembered. A key without a use is harmless. Destroying a key erases all that
 * it seals, and every chain still verifies.
 */
public final class SubjectKeys {
  private static final int REMEMBERED_MAX = 50_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final MasterKey master;
  private final Map<Subject, SecretKey> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, SecretKey> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  public SubjectKeys(Database database, MasterKey master) {
    this.database = database;
    this.master = master;
  }

  MasterKey master() {
    return master;
  }

  /** The keys for sealing; those that do not exist yet are made. */
  Map<Subject, SecretKey> forSealing(Collection<Subject> subjects) {
    var keys = known(subjects);
    if (keys.size() == subjects.size()) {
      return keys;
    }
    var missing = new HashSet<>(subjects);
    missing.removeAll(keys.keySet());
    keys.putAll(remembering(made(missing)));
    return keys;
  }

  /** The keys for sealing what may have to be forgotten alone: made, and not remembered here. */
  Map<Subject, SecretKey> forOneUse(Collection<Subject> subjects) {
    return subjects.isEmpty() ? Map.of() : unwrapped(made(subjects));
  }

  private Map<Subject, byte[]> made(Collection<Subject> missing) {
    var wrapped = new HashMap<Subject, byte[]>();
    for (var subject : missing) {
      var key = new byte[MasterKey.BYTES];
      RANDOM.nextBytes(key);
      wrapped.put(subject, Seal.close(master.wrapping(), key, subject.bytes()));
    }
    return database.inTransaction(tx -> {
      SubjectKeyTable.addMissing(tx, wrapped);
      return SubjectKeyTable.find(tx, missing);
    });
  }

  /** The keys for opening; a subject that was erased has none. */
  Map<Subject, SecretKey> forOpening(Set<Subject> subjects) {
    var keys = known(subjects);
    var missing = new HashSet<>(subjects);
    missing.removeAll(keys.keySet());
    if (!missing.isEmpty()) {
      keys.putAll(remembering(database.read(tx -> SubjectKeyTable.find(tx, missing))));
    }
    return keys;
  }

  /** As {@link #forOpening}, asked anew each time. */
  Map<Subject, SecretKey> forOpeningOnce(Collection<Subject> subjects) {
    return subjects.isEmpty()
        ? Map.of()
        : unwrapped(database.read(tx -> SubjectKeyTable.find(tx, subjects)));
  }

  private Map<Subject, SecretKey> known(Collection<Subject> subjects) {
    var keys = new HashMap<Subject, SecretKey>();
    synchronized (remembered) {
      for (var subject : subjects) {
        @Nullable SecretKey key = remembered.get(subject);
        if (key != null) {
          keys.put(subject, key);
        }
      }
    }
    return keys;
  }

  private Map<Subject, SecretKey> remembering(Map<Subject, byte[]> stored) {
    var keys = unwrapped(stored);
    synchronized (remembered) {
      remembered.putAll(keys);
    }
    return keys;
  }

  private Map<Subject, SecretKey> unwrapped(Map<Subject, byte[]> stored) {
    var keys = new HashMap<Subject, SecretKey>();
    stored.forEach((subject, wrapped) ->
        keys.put(
            subject,
            new SecretKeySpec(Seal.open(master.wrapping(), wrapped, subject.bytes()), "AES")));
    return keys;
  }
}
