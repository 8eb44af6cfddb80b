package dev.signalbox.ops.compare;

import dev.signalbox.backtest.Backtest;
import dev.signalbox.backtest.Comparison;
import dev.signalbox.db.Database;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.ops.node.RecordedAccess;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.recall.Recorded;
import dev.signalbox.recall.Recorded.Lanes;
import dev.signalbox.recall.Stretch;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rulesets.RulesetEvent;
import dev.signalbox.rulesets.RulesetEventTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What came of a backtest.
 *
 * @param input what it was about, in words that are the same for the same input
 */
public record Compared(Backtest found, String input) {

  /** Told how many exceptions are done, and how many there are. */
  public interface Progress {
    void at(long done, long of);
  }

  /**
   * Compares by the reports in a file.
   *
   * @param asOf when reports come in that do not say when they were detected
   * @param progress told how many lines were read
   */
  public static Compared inFile(
      Path baseline, Path candidate, Path file, @Nullable Instant asOf, LongConsumer progress)
      throws IOException {
    try (var before = Rulesets.load(baseline);
        var after = Rulesets.load(candidate);
        var in = Files.newInputStream(file)) {
      var comparison = new Comparison(before, after);
      new ReportFile(file.toString(), asOf).compare(in, comparison, progress);
      return new Compared(comparison.result(), "the reports in " + file.getFileName());
    }
  }

  /**
   * Compares by what an installation has recorded.
   *
   * @param against a folder or a digest; null for what decides there
   */
  public static Compared inRecords(
      Settings settings,
      @Nullable String against,
      Path candidate,
      Stretch stretch,
      Progress progress) {
    try (var after = Rulesets.load(candidate);
        var access = RecordedAccess.open(settings);
        var before = baseline(access.database(), against)) {
      return inRecords(
          new Recorded(access.database(), access.journal()), before, after, stretch, progress);
    }
  }

  /** Compares by what is recorded in a database. */
  public static Compared inRecords(
      Recorded recorded, Rulebook before, Rulebook after, Stretch stretch, Progress progress) {
    long of = recorded.count(stretch);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var found =
          recorded.sweep(
              stretch,
              new Lanes(threads, Runtime.getRuntime().availableProcessors()),
              () -> new Comparison(before, after),
              so -> progress.at(so.exceptions(), of));
      return new Compared(found.result(), words(stretch));
    }
  }

  private static String words(Stretch stretch) {
    return "what was reported%s until %s%s"
        .formatted(
            stretch.since().equals(Instant.EPOCH) ? "" : " since " + stretch.since(),
            stretch.until(),
            stretch.context() == null ? "" : " in " + stretch.context());
  }

  private static Rulebook baseline(Database database, @Nullable String against) {
    if (against == null) {
      var active = database.<@Nullable RulesetEvent>read(RulesetEventTable::active);
      if (active == null) {
        throw new IllegalStateException(
            "No ruleset ever decided there. Maybe name one with --against.");
      }
      return archived(database, active.ruleset());
    }
    if (against.matches("[0-9a-f]{64}")) {
      return archived(database, new Sha256(against));
    }
    if (!Files.isDirectory(Path.of(against))) {
      throw new IllegalStateException(
          "\"%s\" is neither a folder nor the digest of a ruleset.".formatted(against));
    }
    return Rulesets.load(Path.of(against));
  }

  private static Rulebook archived(Database database, Sha256 digest) {
    var files = database.<@Nullable RulesetFiles>read(tx -> RulesetTable.find(tx, digest));
    if (files == null) {
      throw new IllegalStateException("The ruleset %s is not archived there.".formatted(digest));
    }
    return Rulesets.load(files);
  }
}
