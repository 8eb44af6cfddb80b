package dev.signalbox.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What a command made for itself, it takes away again. */
final class Directories {

  private Directories() {}

  static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
