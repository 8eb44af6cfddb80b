package dev.signalbox.ops.testkit;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.signalbox.testkit.Until;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, as people start it. */
public final class Program implements AutoCloseable {
  private static final int SIGINT = 2;
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path err;

  /** It ends before code that runs often could pay for being optimized. */
  public static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts.
   *
   * @param directory where it works, and where what it says is kept
   * @param environment all of its variables that begin with SIGNALBOX_
   */
  public static Program start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Xmx512m");
    command.add(SHORT_LIVED);
    command.add("-Dsignalbox.home=" + LiveBox.root().toAbsolutePath());
    command.add("-cp");
    command.add(programsClassPath());
    command.add("dev.signalbox.ops.Main");
    command.addAll(List.of(arguments));
    var out = Files.createTempFile(directory, "program", ".out");
    var err = Files.createTempFile(directory, "program", ".err");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SIGNALBOX_"));
    builder.environment().putAll(environment);
    return new Program(builder.start(), out, err);
  }

  /** Without the tests, whose logging is for people. */
  private static String programsClassPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
        .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElseThrow();
  }

  /** Waits until it says that it is ready, and gives the line. */
  public String ready() {
    Until.holds(ENDS_WITHIN, () -> !process.isAlive() || !readyLine().isEmpty());
    if (readyLine().isEmpty()) {
      throw new AssertionError("The program did not start:\n" + out() + err());
    }
    return readyLine();
  }

  private String readyLine() {
    return out().lines().filter(line -> line.startsWith("signalbox ready")).findFirst().orElse("");
  }

  /** Where it listens, once it is ready. */
  public String url() {
    return ready().replaceAll("^signalbox ready on (\\S+) .*$", "$1");
  }

  /** What it has said so far. */
  public String out() {
    return content(out);
  }

  /** What it has complained about so far. */
  public String err() {
    return content(err);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Its standard input. */
  public OutputStream in() {
    return process.getOutputStream();
  }

  /** The processes that work in a directory: those of a PostgreSQL make theirs their own. */
  public static List<ProcessHandle> workingIn(Path directory) {
    return ProcessHandle.allProcesses().filter(process -> isIn(process, directory)).toList();
  }

  private static boolean isIn(ProcessHandle process, Path directory) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .startsWith(directory);
    } catch (IOException e) {
      return false;
    }
  }

  /** What Ctrl-C does; a test run that was started in the background may have it ignored. */
  public void interrupt() throws IOException, InterruptedException {
    assumeThat(isIgnored(SIGINT)).as("the programs of this test run ignore Ctrl-C").isFalse();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private boolean isIgnored(int signal) throws IOException {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(ignored -> (ignored >>> (signal - 1) & 1) == 1);
    }
  }

  /** SIGTERM. */
  public int stop() throws InterruptedException {
    process.destroy();
    return status();
  }

  /** Waits for its end. */
  public int status() throws InterruptedException {
    if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The program does not end:\n" + out() + err());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }
}
