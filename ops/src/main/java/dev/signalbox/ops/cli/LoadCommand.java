package dev.signalbox.ops.cli;

import dev.signalbox.ops.load.Loader;
import dev.signalbox.ops.load.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.file.Files;
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
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:Every line was taken.",
      "1:Some lines were refused, or the load broke off; repeating it is safe.",
      "2:The command was not understood."
    },
    mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(paramLabel = "FILE", description = "The file, or - for the standard input.")
  private String file = "-";

  @Option(
      names = "--refused",
      paramLabel = "FILE",
      description =
          "Where refused lines go, with their reasons; a file of an earlier load is replaced"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "refused.ndjson")
  private Path refused = Path.of("refused.ndjson");

  @Override
  public Integer call() throws IOException {
    boolean standardInput = file.equals("-");
    if (Files.isDirectory(Path.of(file))) {
      throw new IllegalStateException("%s is a directory.".formatted(file));
    }
    if (!standardInput && Files.exists(refused) && Files.isSameFile(Path.of(file), refused)) {
      throw new IllegalStateException(
          "%s would be replaced by the lines of it that are refused. Maybe name another file with"
                  .formatted(file)
              + " --refused.");
    }
    try (InputStream in = standardInput ? System.in : Files.newInputStream(Path.of(file))) {
      return load(in, standardInput ? -1 : Loader.countLines(Path.of(file)));
    }
  }

  private int load(InputStream in, long lines) throws IOException {
    var loader = new Loader(client.url(), client.key());
    var stopped = new Thread(() -> say("%nStopped. %s", loader.summary()), "stop");
    Runtime.getRuntime().addShutdownHook(stopped);
    try {
      var summary = load(loader, in, lines);
      spec.commandLine().getOut().println(summary.text(refused));
      return summary.isClean() ? 0 : 1;
    } catch (ConnectException e) {
      throw client.away(e);
    } catch (IOException e) {
      say("The load broke off. %s", loader.summary());
      throw e;
    } finally {
      forget(stopped);
    }
  }

  private Summary load(Loader loader, InputStream in, long lines) throws IOException {
    try (var bar =
        new ProgressBarBuilder()
            .setTaskName("reports")
            .setInitialMax(lines)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .build()) {
      return loader.load(in, refused, bar::stepTo);
    }
  }

  private void say(String how, Summary soFar) {
    spec.commandLine()
        .getErr()
        .println(how.formatted(soFar.text(refused)) + " Repeating the load is safe.");
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being stopped, and the hook has said so.
    }
  }
}
