package dev.signalbox.rulesets;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.outside.RulesetSource;
import dev.signalbox.outside.RulesetSource.Look;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.signals.Signals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a source. A new version is judged; what came of it is an event, and what is admitted is
 * activated where nobody has to be asked. A bad version, or a source that is away, changes nothing
 * about what decides.
 */
public final class RulesetWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RulesetWatch.class);

  private final RulesetSource source;
  private final Timing timing;
  private final ActiveRuleset active;
  private final Signals signals;
  private final InstantSource clock;
  private final Admissions admissions;
  private final Semaphore bell = new Semaphore(0);
  private final Phaser running = new Phaser(1);
  private volatile Seen seen = new Seen(null, "AWAY", "Nobody has looked yet.");
  private volatile boolean stopping;
  private volatile @Nullable Thread runner;

  /**
   * How often, and how long.
   *
   * @param poll from one look to the next
   * @param judging what a ruleset may take to be compiled and tried
   */
  public record Timing(Duration poll, Duration judging) {}

  /**
   * What the last look showed.
   *
   * @param at when; null before the first one has ended
   * @param outcome {@code FOUND}, {@code UNFIT} or {@code AWAY}
   * @param detail the version that was found, or why there was none
   */
  public record Seen(@Nullable Instant at, String outcome, String detail) {}

  /**
   * A watch.
   *
   * @param threads for judging, which may take long, and at worst for ever: of their own, and few
   */
  public RulesetWatch(
      RulesetSource source,
      Timing timing,
      Database database,
      ActiveRuleset active,
      Activations activations,
      Signals signals,
      InstantSource clock,
      Executor threads) {
    this.source = source;
    this.timing = timing;
    this.active = active;
    this.signals = signals;
    this.clock = clock;
    var with = new Admissions.With(database, active, activations, signals, clock, threads);
    admissions = new Admissions(source.name(), with, timing.judging());
  }

  /** How people know what is watched. */
  public String source() {
    return source.name();
  }

  public Seen seen() {
    return seen;
  }

  /** Asks for a look soon; does not block. */
  public void ring() {
    if (bell.availablePermits() == 0) {
      bell.release();
    }
  }

  /** Watches until {@link #close}; a failure is logged, and the next round tries again. */
  public void run() {
    running.register();
    runner = Thread.currentThread();
    try {
      while (!stopping) {
        round();
        if (bell.tryAcquire(timing.poll().toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      runner = null;
      running.arriveAndDeregister();
    }
  }

  private void round() {
    try {
      look();
    } catch (Unavailable e) {
      // The next round tries again; readiness tells that the database is away.
    } catch (RuntimeException e) {
      if (stopping) {
        return;
      }
      LOG.error("Watching {} goes on after a failure.", source.name(), e);
    }
  }

  /**
   * Looks for the first ruleset of all, without which nothing can be decided.
   *
   * @throws BadRuleset when there is none, or it is refused
   */
  public void begin() {
    var findings = look();
    if (!active.isThere()) {
      throw new BadRuleset(
          source.name(),
          findings.isEmpty()
              ? List.of(Admissions.finding(source.name(), seen.detail()))
              : findings);
    }
  }

  /** Looks once, and acts on it; gives what is wrong with a version that is new and refused. */
  public synchronized List<Finding> look() {
    var look = source.look();
    note(look);
    return admissions.take(look);
  }

  private void note(Look look) {
    var now =
        switch (look) {
          case Look.Found found -> seen("FOUND", found.version().id());
          case Look.Unfit unfit -> seen("UNFIT", unfit.version().id());
          case Look.Away away -> seen("AWAY", away.why());
        };
    signals.rulesetLooked(now.outcome());
    if (now.outcome().equals("AWAY") && !now.detail().equals(seen.detail())) {
      LOG.warn("Nobody knows the newest ruleset of {}: {}", source.name(), now.detail());
    }
    seen = now;
  }

  private Seen seen(String outcome, String detail) {
    return new Seen(clock.instant(), outcome, detail);
  }

  /** Stops; a ruleset that is just being judged is judged again by the next program. */
  @Override
  public void close() {
    stopping = true;
    bell.release();
    var watching = runner;
    if (watching != null) {
      watching.interrupt();
    }
    running.arriveAndAwaitAdvance();
  }
}
