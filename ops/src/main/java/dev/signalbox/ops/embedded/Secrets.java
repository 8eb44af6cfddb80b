package dev.signalbox.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The passwords of the embedded server, made once, in files that only their owner reads. */
record Secrets(String superuser, String owner, String app) {
  private static final int BYTES = 24;

  /** Reads them, or makes them where there is no data yet that was locked with others. */
  static Secrets in(Path home) throws IOException {
    var directory = home.resolve("secrets");
    if (Files.exists(home.resolve("postgres.complete"))
        && !Files.exists(file(directory, "superuser"))) {
      throw new IllegalStateException(
          "The passwords of the database are missing in %s. Maybe restore them from a backup."
              .formatted(directory));
    }
    PrivateFiles.directory(directory);
    return new Secrets(
        secret(directory, "superuser"), secret(directory, "owner"), secret(directory, "app"));
  }

  private static String secret(Path directory, String name) throws IOException {
    var file = file(directory, name);
    if (!Files.exists(file)) {
      var bytes = new byte[BYTES];
      new SecureRandom().nextBytes(bytes);
      PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return Files.readString(file).strip();
  }

  private static Path file(Path directory, String name) {
    return directory.resolve(name + ".password");
  }

  @Override
  public String toString() {
    return "Secrets[hidden]";
  }
}
