package dev.signalbox.ops.cli;

import dev.signalbox.ops.generate.ReportGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code signalbox generate}: writes realistic reports. */
@Command(
    name = "generate",
    description = "Writes realistic reports (NDJSON).",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Option(
      names = "--count",
      description = "How many (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int count = 1000;

  @Option(
      names = "--seed",
      description = "The same seed gives the same reports (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed = 1;

  @Option(names = "--now", description = "The instant that ages count from (default: now).")
  private @Nullable Instant now;

  @Option(names = "--out", description = "The file (default: the standard output).")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    var generator = new ReportGenerator(seed, now == null ? Instant.now() : now);
    if (out == null) {
      generator.write(count, new BufferedOutputStream(System.out));
    } else {
      try (var file = new BufferedOutputStream(Files.newOutputStream(out))) {
        generator.write(count, file);
      }
    }
    return 0;
  }
}
