package dev.signalbox.ops.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only their owner may read, made so from the first instant on. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** The directory, made with mode 0700 when it is missing. */
  public static Path directory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return directory;
  }

  /** Takes a directory back from everybody else. */
  static void restrict(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  /**
   * Tries whether {@link #write} can be done; leaves no trace.
   *
   * @throws IOException when it cannot, with a sentence
   */
  public static void probe(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s is a folder, not a file.".formatted(file));
    }
    var draft = draft(file);
    try {
      Files.deleteIfExists(draft);
      Files.createFile(draft);
      Files.delete(draft);
    } catch (IOException e) {
      throw new IOException("%s cannot be written: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static Path draft(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /** Writes the whole text or nothing, with mode 0600, and to the disk. */
  public static Path write(Path file, String text) throws IOException {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes all of it or nothing, with mode 0600, and to the disk. */
  public static Path write(Path file, byte[] content) throws IOException {
    var draft = draft(file);
    Files.deleteIfExists(draft);
    try (var channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      for (var left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // Else the file is on the disk, and its name perhaps not.
    try (var directory = FileChannel.open(file.toAbsolutePath().getParent())) {
      directory.force(true);
    }
    return file;
  }
}
