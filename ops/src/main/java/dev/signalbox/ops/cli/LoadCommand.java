package dev.signalbox.ops.cli;

import dev.signalbox.ops.load.Loader;
import dev.signalbox.ops.load.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox load}: streams reports into a running instance. */
@Command(
    name = "load",
    description = "Streams reports (NDJSON) into a running instance.",
    mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(paramLabel = "FILE", description = "The file, or - for the standard input.")
  private String file = "-";

  @Option(
      names = "--refused",
      description = "Where refused lines go (default: ${DEFAULT-VALUE}).",
      defaultValue = "refused.ndjson")
  private Path refused = Path.of("refused.ndjson");

  @Override
  public Integer call() throws IOException {
    boolean standardInput = file.equals("-");
    try (InputStream in = standardInput ? System.in : Files.newInputStream(Path.of(file))) {
      var summary = load(in, standardInput ? -1 : Loader.countLines(Path.of(file)));
      spec.commandLine().getOut().println(summary.text(refused));
      return summary.isClean() ? 0 : 1;
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("The file %s does not exist.".formatted(file), e);
    }
  }

  private Summary load(InputStream in, long lines) throws IOException {
    try (var bar =
        new ProgressBarBuilder()
            .setTaskName("reports")
            .setInitialMax(lines)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .build()) {
      return new Loader(client.url(), client.key()).load(in, refused, bar::stepTo);
    }
  }
}
