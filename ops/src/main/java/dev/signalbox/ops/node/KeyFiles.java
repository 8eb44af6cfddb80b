package dev.signalbox.ops.node;

import dev.signalbox.access.Access;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.ops.embedded.PrivateFiles;
import dev.signalbox.ops.settings.BadSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Secrets that are made once and kept in files only their owner can read. */
final class KeyFiles {
  static final String ADMIN_KEY = "admin.key";
  private static final String SECRETS = "secrets";
  private static final String JOURNAL_KEY = SECRETS + "/journal.key";

  private KeyFiles() {}

  /** The admin's key, made when there is none. */
  static String adminKey(Path data) {
    return kept(data, ADMIN_KEY, Access.newKey());
  }

  /** The journal's master key, made when there is none; without it nothing sealed can be read. */
  static MasterKey masterKey(Path data, @Nullable String given) {
    var random = new byte[MasterKey.BYTES];
    new SecureRandom().nextBytes(random);
    var hex = given != null ? given : kept(data, JOURNAL_KEY, HexFormat.of().formatHex(random));
    try {
      return new MasterKey(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new BadSettings("The journal's key is not 64 hexadecimal digits.");
    }
  }

  /** The journal's master key as far as it is known already; null before the first start. */
  static @Nullable MasterKey knownMasterKey(Path data, @Nullable String given) {
    return given != null || Files.exists(data.resolve(JOURNAL_KEY)) ? masterKey(data, given) : null;
  }

  /**
   * The journal's master key, for who only reads; none is made.
   *
   * @throws BadSettings when it is not here
   */
  static MasterKey existingMasterKey(Path data, @Nullable String given) {
    if (given == null && !Files.exists(data.resolve(JOURNAL_KEY))) {
      throw new BadSettings(
          "The journal's key is not in %s. Maybe give it with SIGNALBOX_JOURNAL_KEY."
              .formatted(data.resolve(JOURNAL_KEY)));
    }
    return masterKey(data, given);
  }

  private static String kept(Path data, String name, String fresh) {
    var file = data.resolve(name);
    try {
      if (!Files.exists(file)) {
        PrivateFiles.directory(data.resolve(SECRETS));
        PrivateFiles.write(file, fresh + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("The key file %s cannot be used.".formatted(file), e);
    }
  }
}
