package dev.signalbox.ops.node;

import dev.signalbox.access.Access;
import dev.signalbox.access.People;
import dev.signalbox.access.Role;
import dev.signalbox.adapters.identity.OidcTokens;
import dev.signalbox.db.Database;
import dev.signalbox.ops.settings.Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Who is let into a node: its administrator, keys, and people of the identity provider. */
final class Entrance {
  private Entrance() {}

  static Access access(Settings settings, Database database, InstantSource clock) {
    var access = new Access(database, clock, people(settings, clock), settings.authority());
    var given = settings.adminKey();
    access.add("admin", Role.ADMIN, given != null ? given : KeyFiles.adminKey(settings.data()));
    return access;
  }

  /** Where the administrator's key is; null when it was given. */
  static @Nullable Path keyFile(Settings settings) {
    return settings.adminKey() != null ? null : settings.data().resolve(KeyFiles.ADMIN_KEY);
  }

  private static @Nullable People people(Settings settings, InstantSource clock) {
    var identity = settings.identity();
    return identity == null
        ? null
        : new People(new OidcTokens(identity.provider(), clock), identity.roles());
  }
}
