package dev.signalbox.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of a PostgreSQL that still works in our data directory, although the program that
 * started it is gone. Two servers in one directory would destroy it.
 */
final class Residents {
  private static final Logger LOG = LoggerFactory.getLogger(Residents.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Path PROCESSES = Path.of("/proc");

  private final Path data;

  Residents(Path data) {
    this.data = data;
  }

  /**
   * Stops them, in order if they listen and by force if not, and removes what would keep a new
   * server from starting.
   */
  void evict() throws IOException {
    var present = present();
    if (!present.isEmpty()) {
      LOG.warn("A PostgreSQL without a program still works in {}; it is stopped.", data);
      postmaster(present).forEach(ProcessHandle::destroy);
      if (!gone(present)) {
        present().forEach(ProcessHandle::destroyForcibly);
      }
      if (!gone(present)) {
        throw new IllegalStateException(
            "A PostgreSQL still works in %s and does not stop. Maybe end process %d."
                .formatted(data, present.getFirst().pid()));
      }
    }
    removeNoteOfTheDead();
  }

  /** PostgreSQL's processes make the data directory their working directory. */
  private List<ProcessHandle> present() {
    return ProcessHandle.allProcesses().filter(this::isAtHome).toList();
  }

  private boolean isAtHome(ProcessHandle process) {
    try {
      var link = PROCESSES.resolve(Long.toString(process.pid())).resolve("cwd");
      return Files.readSymbolicLink(link).equals(data);
    } catch (IOException e) {
      // Gone meanwhile, or another user's.
      return false;
    }
  }

  /** Ends the others in order when it is asked to end. */
  private static List<ProcessHandle> postmaster(List<ProcessHandle> present) {
    var pids = present.stream().map(ProcessHandle::pid).toList();
    return present.stream()
        .filter(
            process -> process.parent().map(ProcessHandle::pid).filter(pids::contains).isEmpty())
        .toList();
  }

  private static boolean gone(List<ProcessHandle> processes) {
    var exits = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(exits).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A killed server leaves its number behind. Where another program got that number since, the new
   * server would wait for it for ever; we know that none works here.
   */
  private void removeNoteOfTheDead() throws IOException {
    var note = data.resolve("postmaster.pid");
    if (!Files.exists(note)) {
      return;
    }
    var lines = Files.readAllLines(note);
    if (!lines.isEmpty() && isAlive(lines.getFirst().strip())) {
      Files.delete(note);
    }
  }

  private static boolean isAlive(String pid) {
    return pid.matches("\\d{1,9}")
        && ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }
}
