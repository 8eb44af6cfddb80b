package dev.signalbox.ops.crash;

import dev.signalbox.ops.testkit.Program;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real program as a process of its own, that can be killed. */
final class RunningProgram {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private static final String READY = "signalbox ready on ";

  private final Process process;
  private final String url;
  private final Path data;
  private final Path log;

  private RunningProgram(Process process, String url, Path data, Path log) {
    this.process = process;
    this.url = url;
    this.data = data;
    this.log = log;
  }

  static RunningProgram start(Path data, String adminKey) throws IOException {
    return start(data, adminKey, null);
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @param databaseUrl an outside PostgreSQL; null for its own, within data
   */
  static RunningProgram start(Path data, String adminKey, @Nullable String databaseUrl)
      throws IOException {
    return start(
        data,
        adminKey,
        databaseUrl == null ? Map.of() : Map.of("SIGNALBOX_DATABASE_URL", databaseUrl));
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @param environment further variables
   * @param options further options of {@code up}
   */
  static RunningProgram start(
      Path data, String adminKey, Map<String, String> environment, String... options)
      throws IOException {
    var log = Files.createTempFile("signalbox", ".log");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx512m",
            Program.SHORT_LIVED,
            "-Dsignalbox.home=" + System.getProperty("signalbox.root", ".."),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.signalbox.ops.Main",
            "up",
            "--port",
            "0",
            "--data",
            data.toString());
    builder.command().addAll(List.of(options));
    builder.environment().putAll(environment);
    builder.environment().put("SIGNALBOX_ADMIN_KEY", adminKey);
    var process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Until.holds(READY_WITHIN, () -> !process.isAlive() || ready(log) != null);
    var url = ready(log);
    if (url == null) {
      throw new AssertionError("The program did not start:\n" + Files.readString(log));
    }
    return new RunningProgram(process, url, data, log);
  }

  private static String ready(Path log) {
    try {
      return Files.readAllLines(log).stream()
          .filter(line -> line.startsWith(READY))
          .map(line -> line.substring(READY.length(), line.indexOf(" ruleset")))
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  String url() {
    return url;
  }

  /** SIGKILL: to the program alone, or to its PostgreSQL too. */
  void kill(boolean withDatabase) throws InterruptedException {
    var servers = withDatabase ? Processes.within(data) : List.<ProcessHandle>of();
    process.destroyForcibly();
    servers.forEach(ProcessHandle::destroyForcibly);
    process.waitFor(20, TimeUnit.SECONDS);
  }

  /** SIGSTOP: it does nothing more, and does not know. */
  void freeze() throws IOException {
    Processes.signal("STOP", List.of(process.toHandle()));
  }

  /** SIGCONT: it goes on where it was. */
  void thaw() throws IOException {
    Processes.signal("CONT", List.of(process.toHandle()));
  }

  /** The lines it has said so far. */
  List<String> said() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM. */
  int stop() throws InterruptedException {
    process.destroy();
    process.waitFor(30, TimeUnit.SECONDS);
    return process.isAlive() ? -1 : process.exitValue();
  }
}
