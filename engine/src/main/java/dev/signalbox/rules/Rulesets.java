package dev.signalbox.rules;

import dev.signalbox.rules.kept.KeptRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes rulesets ready: reads, looks for all that is wrong at once, and compiles; one at a time in
 * a process. Who asks a rulebook does not wait for that.
 */
public final class Rulesets {
  private static final Logger LOG = LoggerFactory.getLogger(Rulesets.class);

  /** Held by who compiles: two at once would each think that the free memory is theirs. */
  private static final ReentrantLock ONE = new ReentrantLock();

  private static final int AT_A_TIME = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** How a ruleset is compiled. */
  private sealed interface How {
    /** What is the same is compiled once, and what was kept is not compiled. */
    record Usual(KeptRules kept) implements How {}

    /** It shares nothing. */
    record Apart() implements How {}

    /** The first wall is not there. */
    record Unchecked() implements How {}
  }

  private Rulesets() {}

  /**
   * Compiles the ruleset in a folder. It takes seconds the first time, and then less than one.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(Path folder) {
    return load(folder, KeptRules.NOWHERE);
  }

  /**
   * Makes the ruleset in a folder ready, of what an earlier start kept as far as it goes.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(Path folder, KeptRules kept) {
    return load(folder.toString(), RulesetFiles.of(folder), new How.Usual(kept));
  }

  /**
   * Compiles a ruleset that was archived, or otherwise read.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(RulesetFiles files) {
    return load(files, KeptRules.NOWHERE);
  }

  /**
   * Makes a ruleset ready, of what an earlier start kept as far as it goes.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(RulesetFiles files, KeptRules kept) {
    return load(files.digest().hex(), files, new How.Usual(kept));
  }

  /**
   * Compiles a ruleset for itself, though the same rules may be there already: who asks it waits
   * for nobody, and nobody for them. It takes the time and the memory of one more ruleset.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook loadApart(RulesetFiles files) {
    return load(files.digest().hex(), files, new How.Apart());
  }

  /** For tests of the second wall and the bound: the first wall is not there. */
  static Rulebook unchecked(RulesetFiles files) {
    return load(files.digest().hex(), files, new How.Unchecked());
  }

  private static Rulebook load(String ruleset, RulesetFiles files, How how) {
    if (!taken()) {
      throw new BadRuleset(
          ruleset,
          List.of(
              Finding.of(
                  RulesetManifest.FILE,
                  "Another ruleset is being compiled for %d s already; try again later."
                      .formatted(PATIENCE.toSeconds()))));
    }
    try {
      return read(ruleset, files, how);
    } finally {
      ONE.unlock();
    }
  }

  private static boolean taken() {
    try {
      return ONE.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Rulebook read(String ruleset, RulesetFiles files, How how) {
    var findings = new ArrayList<>(RulesetLayout.findings(files));
    var sources = new RuleSources(files);
    stopAt(ruleset, findings);
    var manifest = RulesetManifest.read(files, findings);
    var reading = new DrlReading(manifest.parameters(), findings, !(how instanceof How.Unchecked));
    var read = new EnumMap<RuleFolder, DrlReading.Point>(RuleFolder.class);
    for (var folder : RuleFolder.values()) {
      var rules = sources.in(folder, findings);
      if (!rules.isEmpty()) {
        read.put(folder, reading.read(folder.word(), rules).placed(sources));
      }
    }
    findings.addAll(0, reading.excesses());
    stopAt(ruleset, sources.placed(findings));
    LOG.info("Compiling {} {}: some {} kB.", manifest.name(), ruleset, reading.kilobytes());
    long start = System.nanoTime();
    var points = points(read, how, findings);
    var took = Duration.ofNanos(System.nanoTime() - start);
    LOG.atLevel(took.compareTo(LONG) > 0 ? Level.WARN : Level.INFO)
        .log("Compiling {} {} took {} ms.", manifest.name(), ruleset, took.toMillis());
    if (findings.isEmpty()) {
      return new Rulebook(files, manifest, points);
    }
    points.values().forEach(DecisionPoint::close);
    throw new BadRuleset(ruleset, sources.placed(findings));
  }

  private static Map<RuleFolder, DecisionPoint> points(
      Map<RuleFolder, DrlReading.Point> read, How how, List<Finding> findings) {
    var points = new EnumMap<RuleFolder, DecisionPoint>(RuleFolder.class);
    compiled(read, how)
        .forEach((folder, outcome) -> {
          findings.addAll(outcome.findings());
          if (outcome.point() != null) {
            points.put(folder, outcome.point());
          }
        });
    return points;
  }

  /** What became of the rules of a folder; the point is null when there are findings. */
  private record Outcome(@Nullable DecisionPoint point, List<Finding> findings) {
    void keep(KeptRules kept) {
      if (point != null) {
        point.keep(kept);
      }
    }

    void close() {
      if (point != null) {
        point.close();
      }
    }
  }

  /** Several folders at a time: a part of the compiler uses one processor only. */
  private static Map<RuleFolder, Outcome> compiled(
      Map<RuleFolder, DrlReading.Point> read, How how) {
    var tasks = new EnumMap<RuleFolder, Future<Outcome>>(RuleFolder.class);
    try (var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      read.forEach(
          (folder, point) -> tasks.put(folder, threads.submit(() -> compiled(point, how))));
    }
    var outcomes = new EnumMap<RuleFolder, Outcome>(RuleFolder.class);
    tasks.forEach((folder, task) -> {
      if (task.state() == Future.State.SUCCESS) {
        outcomes.put(folder, task.resultNow());
      }
    });
    // The compiler takes an interruption for all kinds of mistakes in the rules.
    boolean isBrokenOff = Thread.currentThread().isInterrupted();
    if (isBrokenOff || outcomes.size() < tasks.size()) {
      outcomes.values().forEach(Outcome::close);
      throw isBrokenOff
          ? new IllegalStateException("Compiling the rules was interrupted.")
          : broken(tasks.values());
    }
    if (how instanceof How.Usual(var kept)) {
      outcomes.values().forEach(outcome -> outcome.keep(kept));
    }
    return outcomes;
  }

  private static RuntimeException broken(Collection<Future<Outcome>> tasks) {
    for (var task : tasks) {
      if (task.state() == Future.State.FAILED) {
        if (task.exceptionNow() instanceof Error error) {
          throw error;
        }
        return new IllegalStateException("The rules could not be compiled.", task.exceptionNow());
      }
    }
    return new IllegalStateException("Compiling the rules was interrupted.");
  }

  private static Outcome compiled(DrlReading.Point read, How how) {
    var errors = new ArrayList<String>();
    var compiled =
        switch (how) {
          case How.Usual usual -> CompiledPoint.of(read.name(), read.code(), usual.kept(), errors);
          case How.Apart apart -> CompiledPoint.apart(read.name(), read.code(), errors);
          case How.Unchecked unchecked ->
              CompiledPoint.of(read.name(), read.code(), KeptRules.NOWHERE, errors);
        };
    if (compiled == null) {
      var diagnosis = new Diagnosis(read.name(), read.code(), read.cards().values());
      return new Outcome(null, diagnosis.of(errors));
    }
    try {
      return new Outcome(new DecisionPoint(read.name(), compiled, read.shown()), List.of());
    } catch (RuntimeException | Error e) {
      compiled.close();
      throw e;
    }
  }

  private static void stopAt(String ruleset, List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw new BadRuleset(ruleset, findings);
    }
  }
}
