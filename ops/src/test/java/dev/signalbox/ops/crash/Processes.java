package dev.signalbox.ops.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of the operating system. */
final class Processes {

  private Processes() {}

  /** Those that work in a directory, or below it: PostgreSQL's work in that of its data. */
  static List<ProcessHandle> within(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(process -> isWithin(process, directory.toAbsolutePath()))
        .toList();
  }

  private static boolean isWithin(ProcessHandle process, Path directory) {
    try {
      var cwd = Path.of("/proc", Long.toString(process.pid()), "cwd");
      return Files.readSymbolicLink(cwd).startsWith(directory);
    } catch (IOException e) {
      // Gone meanwhile.
      return false;
    }
  }

  /** Sends a signal, e.g. {@code STOP}. */
  static void signal(String name, List<ProcessHandle> processes) throws IOException {
    if (processes.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    run(command.toArray(String[]::new));
  }

  /** Runs a program to its end. */
  static void run(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
