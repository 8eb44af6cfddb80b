package dev.signalbox.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the server keeps its data: checked before it is used, and never deleted. */
final class DataDirectory {
  /** The major version of the server we bring; it reads no other's data. */
  private static final String VERSION = "18";

  private final Path path;
  private final Path complete;

  private DataDirectory(Path path, Path complete) {
    this.path = path;
    this.complete = complete;
  }

  static DataDirectory in(Path home) {
    return new DataDirectory(home.resolve("postgres"), home.resolve("postgres.complete"));
  }

  Path path() {
    return path;
  }

  /**
   * Makes sure that the server may start here: no other one is at work, no half-made directory of a
   * first start that was killed is in the way, and the version fits.
   */
  void makeUsable() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    new Residents(path).evict();
    if (!Files.exists(complete)) {
      setAside();
      return;
    }
    var version = Files.readString(path.resolve("PG_VERSION")).strip();
    if (!version.equals(VERSION)) {
      throw new IllegalStateException(
          ("The data in %s was written by PostgreSQL %s; this program brings %s."
                  + " Maybe dump it with the old version and load it with the new one.")
              .formatted(path, version, VERSION));
    }
  }

  /** Says that the directory has been whole once. */
  void markComplete() throws IOException {
    if (!Files.exists(complete)) {
      PrivateFiles.write(complete, VERSION);
    }
  }

  private void setAside() throws IOException {
    int number = 1;
    while (Files.exists(aside(number))) {
      number++;
    }
    Files.move(path, aside(number));
  }

  private Path aside(int number) {
    return path.resolveSibling("postgres.incomplete-" + number);
  }
}
