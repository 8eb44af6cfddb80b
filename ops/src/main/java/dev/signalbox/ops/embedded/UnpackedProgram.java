package dev.signalbox.ops.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Where the wrapper unpacks PostgreSQL's programs. It takes what lies there for whole, although
 * after a power cut the files may be there without their contents: so we note when all of it is on
 * the disk, and without the note it is unpacked again.
 */
final class UnpackedProgram {
  private static final String NOTE = "complete";

  private final Path directory;

  UnpackedProgram(Path directory) {
    this.directory = directory;
  }

  Path path() {
    return directory;
  }

  /** Makes sure that nothing half-written is run. */
  void makeUsable() throws IOException {
    PrivateFiles.directory(directory);
    if (!Files.exists(directory.resolve(NOTE))) {
      for (var file : inside(Comparator.reverseOrder())) {
        Files.delete(file);
      }
    }
  }

  /**
   * Keeps what was unpacked: from others, for the wrapper lets everybody write there, and for good.
   */
  void keep() throws IOException {
    PrivateFiles.restrict(directory);
    if (Files.exists(directory.resolve(NOTE))) {
      return;
    }
    for (var file : inside(Comparator.naturalOrder())) {
      if (!Files.isSymbolicLink(file)) {
        try (var opened = FileChannel.open(file)) {
          opened.force(true);
        }
      }
    }
    PrivateFiles.write(directory.resolve(NOTE), "");
  }

  private List<Path> inside(Comparator<Path> order) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(file -> !file.equals(directory)).sorted(order).toList();
    }
  }
}
