package dev.signalbox.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with the classes of this one, for what must not happen in this one. */
public final class ChildJvm {
  private static final int MINUTES_MAX = 5;

  /**
   * What it left.
   *
   * @param lines of its output and its errors
   */
  public record Ended(int exit, List<String> lines) {}

  private ChildJvm() {}

  /** Runs a class with a {@code main} to its end. */
  public static Ended run(List<String> options, Class<?> main, String... arguments) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-Dsignalbox.root=" + System.getProperty("signalbox.root", ".."),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        var lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
          throw new IllegalStateException("The other JVM does not end.");
        }
        return new Ended(process.exitValue(), lines);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
