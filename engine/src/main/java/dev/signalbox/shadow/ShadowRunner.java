package dev.signalbox.shadow;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Desk;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rulesets.RulesetEventTable;
import dev.signalbox.rulesets.ShadowPlan;
import dev.signalbox.rulesets.Shadows;
import dev.signalbox.rulesets.Shadows.End;
import dev.signalbox.signals.Signals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks candidates on this node. One thread follows what is begun and ended, compiles, asks, and
 * adds what it found to the database; nobody who commits waits for it. Its thread is to be one of
 * the platform's: a candidate computes, and would keep a carrier of virtual threads from others.
 */
public final class ShadowRunner implements Desk.Onlooker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowRunner.class);
  private static final long SWEEP = Duration.ofMillis(500).toNanos();
  private static final long SAVE = Duration.ofSeconds(5).toNanos();

  private final Database database;
  private final Shadows shadows;
  private final Signals signals;
  private final InstantSource clock;
  private final Semaphore bell = new Semaphore(0);
  private final Phaser running = new Phaser(1);
  private volatile @Nullable ShadowRun run;
  private volatile boolean stopping;

  // Of the thread that runs.
  private long known;
  private long lookAt = System.nanoTime();
  private long saveAt = System.nanoTime();

  public ShadowRunner(Database database, Shadows shadows, Signals signals, InstantSource clock) {
    this.database = database;
    this.shadows = shadows;
    this.signals = signals;
    this.clock = clock;
  }

  /** Whether this node asks a candidate now. */
  public boolean isRunning() {
    return run != null;
  }

  @Override
  public void saw(@Nullable ExceptionCase before, List<JournalEntry> events) {
    var now = run;
    if (now != null) {
      try {
        now.saw(before, events);
      } catch (RuntimeException e) {
        LOG.warn("What was decided is not compared, since it cannot be followed.", e);
      }
    }
  }

  /** What a shadow has shown: all that was saved, and what this node has found since. */
  public Findings findings(long shadow) {
    var now = run;
    if (now != null && now.plan().number() == shadow) {
      save(now);
    }
    return database.read(tx -> ShadowTable.of(tx, shadow));
  }

  /** Says that something was begun or ended; does not block. */
  public void ring() {
    bell.release();
  }

  /** Works until {@link #close}; a failure is logged, and the next round tries again. */
  public void run() {
    running.register();
    try {
      while (!stopping) {
        round();
        work();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave();
      running.arriveAndDeregister();
    }
  }

  private void round() {
    try {
      if (bell.drainPermits() > 0 || System.nanoTime() - lookAt >= 0) {
        lookAt = System.nanoTime() + SWEEP;
        follow();
      }
      var now = run;
      if (now != null && System.nanoTime() - saveAt >= 0) {
        saveAt = System.nanoTime() + SAVE;
        long began = System.nanoTime();
        save(now);
        now.spent(System.nanoTime() - began);
      }
    } catch (Unavailable e) {
      // The next round tries again; readiness tells that the database is away.
    } catch (RuntimeException e) {
      LOG.error("Asking a candidate goes on after a failure.", e);
    }
  }

  private void work() throws InterruptedException {
    var now = run;
    if (now != null) {
      now.work();
    } else if (bell.tryAcquire(SWEEP, TimeUnit.NANOSECONDS)) {
      lookAt = System.nanoTime();
    }
  }

  private void follow() {
    long newest = database.read(RulesetEventTable::shadowNumber);
    if (newest != known) {
      settle();
      var last = database.<Shadows.@Nullable Shadow>read(Shadows::newest);
      if (last != null && last.runs()) {
        begin(last.plan());
      }
      known = newest;
    }
    var now = run;
    if (now != null && now.tally().isFailing()) {
      end(now.plan(), End.FAILED, now.tally().failing());
    } else if (now != null && isLate(now.plan())) {
      end(now.plan(), End.TIME, "Its time is up.");
    }
  }

  private boolean isLate(ShadowPlan plan) {
    return !clock.instant().isBefore(plan.bounds().until());
  }

  /** Every node does so, and the first of them ends it; all of them follow. */
  private void end(ShadowPlan plan, End end, String why) {
    shadows.end(plan, end, why);
    ring();
  }

  private void begin(ShadowPlan plan) {
    if (isLate(plan)) {
      end(plan, End.TIME, "Its time is up.");
      return;
    }
    try {
      var candidate = candidate(plan);
      var saved = database.read(tx -> ShadowTable.of(tx, plan.number()));
      run = new ShadowRun(plan, candidate, new Tally(saved));
      LOG.info("{} is asked until {}.", candidate.label(), plan.bounds().until());
    } catch (Unavailable e) {
      throw e;
    } catch (BadRuleset | IllegalStateException e) {
      LOG.warn("The ruleset {} does not load, and cannot be asked.", plan.candidate(), e);
      end(plan, End.FAILED, "It does not load: %s".formatted(e.getMessage()));
    }
  }

  private Rulebook candidate(ShadowPlan plan) {
    var files =
        database.<@Nullable RulesetFiles>read(tx -> RulesetTable.find(tx, plan.candidate()));
    if (files == null) {
      throw new IllegalStateException("It is not archived.");
    }
    return Rulesets.loadApart(files);
  }

  /** Nothing more is asked; what was found is saved. */
  private void settle() {
    var now = run;
    if (now != null) {
      now.end();
      save(now);
      run = null;
      LOG.info("The ruleset {} is asked no more.", now.plan().candidate());
    }
  }

  private void leave() {
    try {
      settle();
    } catch (Unavailable e) {
      LOG.warn("What a candidate said in the last seconds is not counted.", e);
    }
  }

  private void save(ShadowRun now) {
    var taken = now.tally().take();
    if (taken.isNothing()) {
      return;
    }
    boolean isSaved = false;
    try {
      database.atOnce(changes -> ShadowTable.add(changes, now.plan().number(), taken));
      isSaved = true;
    } finally {
      if (!isSaved) {
        now.tally().putBack(taken);
      }
    }
    tell(taken);
  }

  private void tell(Findings found) {
    var totals = found.totals();
    signals.shadowed("same", totals.same());
    signals.shadowed("differs", totals.differs());
    signals.shadowed("failed", totals.failed());
    signals.shadowed("dropped", totals.dropped());
    signals.shadowed("unsampled", totals.unsampled());
    signals.shadowTook(totals.took());
    for (var rule : Tally.ofRules(found)) {
      var id = rule.what().equals(Findings.FIRES) ? rule.becomes() : rule.was();
      signals.shadowRule(id, rule.what(), rule.count());
    }
  }

  /** Stops; what was found is saved. The next program goes on. */
  @Override
  public void close() {
    stopping = true;
    ring();
    running.arriveAndAwaitAdvance();
  }
}
