package dev.signalbox.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The wrapper writes a small script into the temporary directory at each start, runs it once, and
 * deletes it when the JVM ends in peace. Those of processes that were killed are swept here.
 */
final class LeftScripts {
  private static final String NAMES = "detect_linux_distribution_*.sh";

  /** Younger ones may be about to run. */
  private static final Duration OLD = Duration.ofMinutes(1);

  private LeftScripts() {}

  /** Deletes what is old. What cannot be deleted belongs to somebody else, or is gone. */
  static void sweep(Path directory, Instant now) {
    try (var scripts = Files.newDirectoryStream(directory, NAMES)) {
      for (var script : scripts) {
        deleteIfOld(script, now);
      }
    } catch (IOException e) {
      // The start does not depend on a tidy directory.
      return;
    }
  }

  private static void deleteIfOld(Path script, Instant now) {
    try {
      if (Files.getLastModifiedTime(script).toInstant().isBefore(now.minus(OLD))) {
        Files.delete(script);
      }
    } catch (IOException e) {
      // Not ours, or another start was quicker.
      return;
    }
  }
}
