package dev.signalbox.ops.cli;

import dev.signalbox.ops.bench.BacktestBench;
import dev.signalbox.ops.bench.Bench;
import dev.signalbox.ops.bench.Measure;
import dev.signalbox.ops.bench.QueueBench;
import dev.signalbox.ops.bench.TimerBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signalbox bench}: how fast it is here. */
@Command(
    name = "bench",
    description = "Measures this machine: each number beside the limit measured in the same run.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final String ROW = "%-38s %12s %-12s %12s  %6s  %-12s %s";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Reports in each round of the stream (default: ${DEFAULT-VALUE}).",
      defaultValue = "40000")
  private int count = 40_000;

  @Option(
      names = "--singles",
      paramLabel = "N",
      description = "Single requests (default: ${DEFAULT-VALUE}).",
      defaultValue = "10000")
  private int singles = 10_000;

  @Option(
      names = "--work",
      paramLabel = "N",
      description = "Pieces of work that are due (default: ${DEFAULT-VALUE}).",
      defaultValue = "100000")
  private int work = 100_000;

  @Option(
      names = "--backtest",
      paramLabel = "N",
      description =
          "Measure a backtest of so many recorded exceptions, and nothing else; a million take ten"
              + " minutes and 6 GB (default: off).",
      defaultValue = "0")
  private int backtest;

  @Option(
      names = "--timers",
      paramLabel = "N",
      description =
          "Measure timers while those of so many exceptions wait, and nothing else; a million take"
              + " ten minutes and 6 GB (default: off).",
      defaultValue = "0")
  private int timers;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Measure claims while so many exceptions are open, and nothing else; a million take some"
              + " minutes and 4 GB (default: off).",
      defaultValue = "0")
  private int queue;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "An empty directory on the disk to be measured.")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    var directory = data == null ? Files.createTempDirectory("signalbox-bench") : data;
    try {
      if (backtest > 0) {
        var bench = new BacktestBench(SettingsOptions.home(), directory, this::measuring);
        show(List.of(bench.run(backtest)));
        return 0;
      }
      if (timers > 0) {
        show(new TimerBench(SettingsOptions.home(), directory, this::measuring).run(timers));
        return 0;
      }
      if (queue > 0) {
        show(new QueueBench(SettingsOptions.home(), directory, this::measuring).run(queue));
        return 0;
      }
      var plan = new Bench.Plan(count, singles, work, SettingsOptions.home(), directory);
      show(Bench.run(plan, this::measuring));
      return 0;
    } finally {
      if (data == null) {
        Directories.delete(directory);
      }
    }
  }

  private void measuring(String step) {
    spec.commandLine().getErr().println("measuring: " + step);
  }

  private void show(Bench.Result result) {
    show(result.measures());
    say(result.durability());
  }

  private void show(List<Measure> measures) {
    say(ROW.formatted("what", "measured", "", "limit", "ratio", "aim", "the limit is; more"));
    measures.forEach(measure -> say(row(measure)));
    say("");
    say(
        "%d processors, Java %s"
            .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version()));
  }

  private static String row(Measure measure) {
    return ROW.formatted(
        measure.what(),
        "%,.0f".formatted(measure.value()),
        measure.unit(),
        measure.limit() == null ? "" : "%,.0f".formatted(measure.limit().value()),
        measure.ratio() == null ? "" : "%.2f".formatted(measure.ratio()),
        aim(measure),
        measure.limit() == null
            ? measure.detail()
            : measure.limit().name() + "; " + measure.detail());
  }

  private static String aim(Measure measure) {
    return measure.goal() == null ? "" : "≥ %.1f %s".formatted(measure.goal(), measure.verdict());
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
