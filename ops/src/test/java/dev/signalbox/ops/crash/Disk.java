package dev.signalbox.ops.crash;

import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A disk that can lose its power: a file system of its own, in a file. What was handed to the disk
 * is in the file; what only the operating system holds is not, and is gone with a cut. The disk
 * itself is honest: it keeps what it was given, and tears no sector.
 */
final class Disk implements AutoCloseable {
  private static final long BYTES = 3L << 30;

  private final Path image;
  private final Path mounted;

  private Disk(Path image, Path mounted) {
    this.image = image;
    this.mounted = mounted;
  }

  /** A new, empty disk; its parts lie in a directory. */
  static Disk in(Path directory) throws IOException {
    var disk = new Disk(directory.resolve("disk.img"), directory.resolve("disk"));
    Files.createDirectory(disk.mounted);
    try (var file = new RandomAccessFile(disk.image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Processes.run("mkfs.ext4", "-q", "-F", disk.image.toString());
    disk.mount();
    return disk;
  }

  /** Why this machine has no such disks; null when it has. */
  static @Nullable String missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "only root may mount a disk";
    }
    if (!Files.exists(Path.of("/dev/loop-control"))) {
      return "there are no loop devices";
    }
    return Files.exists(Path.of("/usr/sbin/mkfs.ext4")) || Files.exists(Path.of("/sbin/mkfs.ext4"))
        ? null
        : "there is no mkfs.ext4";
  }

  Path path() {
    return mounted;
  }

  private void mount() throws IOException {
    Processes.run("mount", "-o", "loop", image.toString(), mounted.toString());
  }

  /** Hands all to the disk that the operating system holds. */
  void sync() throws IOException {
    Processes.run("sync", "--file-system", mounted.toString());
  }

  /**
   * Cuts the power: whoever works on the disk stops where it is, and never goes on.
   *
   * @param program the program whose database works here
   */
  void cut(RunningProgram program) throws IOException, InterruptedException {
    Processes.signal("STOP", Processes.within(mounted));
    program.freeze();
    var kept = image.resolveSibling("kept.img");
    Processes.run("cp", "--sparse=always", image.toString(), kept.toString());
    Processes.within(mounted).forEach(ProcessHandle::destroyForcibly);
    program.kill(false);
    Until.holds(() -> Processes.within(mounted).isEmpty());
    unmount();
    Files.move(kept, image, StandardCopyOption.REPLACE_EXISTING);
    mount();
  }

  /** Lazily: who looks at the disk from outside may still have a file of it open. */
  private void unmount() throws IOException {
    Processes.run("umount", "--lazy", mounted.toString());
  }

  @Override
  public void close() throws IOException {
    Processes.within(mounted).forEach(ProcessHandle::destroyForcibly);
    Until.holds(() -> Processes.within(mounted).isEmpty());
    unmount();
    Files.delete(image);
  }
}
