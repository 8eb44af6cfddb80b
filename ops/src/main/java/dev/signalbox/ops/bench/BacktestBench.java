package dev.signalbox.ops.bench;

import dev.signalbox.access.Access;
import dev.signalbox.backtest.BacktestJson;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.ops.compare.Compared;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.recall.Stretch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A backtest of very many recorded exceptions: rate, memory, and the same result twice. */
public final class BacktestBench {
  private static final int CHUNK = 20_000;
  private static final int CONNECTIONS = 4;
  private static final long PERCENT = 100;
  private static final double MEGA = 1e6;

  private final Path home;
  private final Path data;
  private final Consumer<String> progress;

  /** One run. */
  private record Run(Compared compared, Duration took, long heldEarly, long heldLate) {
    Sha256 digest() {
      return BacktestJson.digest(BacktestJson.write(compared.found(), compared.input()));
    }
  }

  /**
   * A bench.
   *
   * @param home the folder of the program
   * @param data an empty directory on the disk that is measured
   * @param progress told in a line what is done next
   */
  public BacktestBench(Path home, Path data, Consumer<String> progress) {
    this.home = home;
    this.data = data;
    this.progress = progress;
  }

  /**
   * Records exceptions, and compares the standard ruleset with another by all of them, twice.
   *
   * @param count how many exceptions; a million take some minutes to record
   */
  public Measure run(int count) throws IOException {
    var key = Access.newKey();
    var settings =
        SettingsReader.read(null, Map.of("SIGNALBOX_ADMIN_KEY", key)::get, home).in(data).at(0);
    record(settings, key, count);
    var candidate = candidate();
    // A minute ahead of the last commit: both runs see all, and the same.
    var stretch = Stretch.allBefore(Instant.now().plus(Duration.ofMinutes(1)));
    var runs = new ArrayList<Run>();
    for (int i = 1; i <= 2; i++) {
      progress.accept("backtest of %,d exceptions, run %d".formatted(count, i));
      runs.add(once(settings, candidate, stretch));
    }
    return measure(count, runs);
  }

  private void record(Settings settings, String key, int count) {
    try (var node = Node.start(settings);
        var client = new Client(node.url(), key, CONNECTIONS)) {
      for (int done = 0; done < count; done += CHUNK) {
        if (done % (5 * CHUNK) == 0) {
          progress.accept("recording exceptions, %,d of %,d".formatted(done, count));
        }
        var reports = Reports.generate(Math.min(CHUNK, count - done), 100 + done, Instant.now());
        client.stream(reports.lines());
      }
    }
  }

  private static Run once(Settings settings, Path candidate, Stretch stretch) {
    var held = new long[2];
    long began = System.nanoTime();
    var compared =
        Compared.inRecords(
            settings,
            null,
            candidate,
            stretch,
            (done, of) -> {
              if (held[0] == 0 && done >= of / 10) {
                held[0] = held();
              }
              if (held[1] == 0 && done >= of * 99 / PERCENT) {
                held[1] = held();
              }
            });
    return new Run(compared, Duration.ofNanos(System.nanoTime() - began), held[0], held[1]);
  }

  private static Measure measure(int count, List<Run> runs) {
    var first = runs.getFirst();
    var second = runs.getLast();
    var seconds = Math.min(first.took.toNanos(), second.took.toNanos()) / 1e9;
    if (!first.digest().equals(second.digest())) {
      throw new IllegalStateException("Two backtests of the same exceptions differ.");
    }
    return new Measure(
        "(f) backtest of %,d exceptions".formatted(count),
        count / seconds,
        "exceptions/s",
        null,
        null,
        null,
        ("%,d decisions with each of two rulesets, %,d exceptions change; %.0f and %.0f s; the same"
                + " result twice (%s…); heap held at a tenth of it %,.0f MB, at its end %,.0f MB")
            .formatted(
                first.compared.found().decisions(),
                first.compared.found().changed(),
                first.took.toNanos() / 1e9,
                second.took.toNanos() / 1e9,
                first.digest().hex().substring(0, 12),
                second.heldEarly / MEGA,
                second.heldLate / MEGA));
  }

  private static long held() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The standard ruleset, for which items are HIGH from a lower amount on. */
  private Path candidate() throws IOException {
    var standard = home.resolve("rules-repo/rulesets/standard");
    var copy = Files.createTempDirectory(data, "candidate");
    try (var files = Files.walk(standard)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = copy.resolve(standard.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.writeString(target, Files.readString(file).replace("10000B", "8000B"));
      }
    }
    return copy;
  }
}
