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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code signalbox generate}: writes realistic reports. */
@Command(
    name = "generate",
    description = "Writes realistic reports (NDJSON).",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int count = 1000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The same seed gives the same reports (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--now",
      paramLabel = "INSTANT",
      description = "The instant that ages count from (default: now).")
  private @Nullable Instant now;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file (default: the standard output).")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "The option --count is 1 or more, not %d".formatted(count));
    }
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
