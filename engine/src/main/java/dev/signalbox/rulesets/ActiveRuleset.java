package dev.signalbox.rulesets;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.kept.KeptRules;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ruleset that decides on this node. It follows the activations in the database, those of other
 * nodes within half a second, by swapping one reference: a decision that has begun ends with the
 * rulebook it began with. The one a roll-back leads to stays compiled.
 *
 * <p>A node that cannot load the active ruleset keeps deciding by the one it has, and says so;
 * every decision names its digest. To stop taking requests instead would be worse: all nodes have
 * the same archive and the same compiler, so what one cannot load, none can.
 */
public final class ActiveRuleset implements Supplier<Rulebook>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveRuleset.class);
  private static final Duration SWEEP = Duration.ofMillis(500);
  private static final int BACK_MAX = 5;

  private final Database database;
  private final KeptRules kept;
  private final Shelf shelf;
  private final Semaphore bell = new Semaphore(0);
  private final Phaser running = new Phaser(1);
  private volatile @Nullable InForce inForce;
  private volatile long behind;
  private volatile @Nullable Sha256 candidate;
  private volatile boolean stopping;

  /** The activation after which everything needed was compiled; of the following thread. */
  private long warmed;

  /**
   * What decides.
   *
   * @param activation what put it in force
   */
  public record InForce(RulesetEvent activation, Rulebook rulebook) {}

  /** On a node that keeps no compiled rules. */
  public ActiveRuleset(Database database) {
    this(database, KeptRules.NOWHERE);
  }

  /**
   * The ruleset that decides.
   *
   * @param kept where compiled rules are kept for the next start
   */
  public ActiveRuleset(Database database, KeptRules kept) {
    this.database = database;
    this.kept = kept;
    this.shelf = new Shelf(database, kept);
  }

  /** Where compiled rules are kept that may decide soon. */
  KeptRules kept() {
    return kept;
  }

  /**
   * Loads what was active last, from the database's archive; or, when that does not load any more,
   * what a roll-back would lead to.
   *
   * @return whether there is a ruleset now
   */
  public boolean resume() {
    var active = database.<@Nullable RulesetEvent>read(RulesetEventTable::active);
    var event = active;
    for (int i = 0; event != null && i < BACK_MAX; i++) {
      if (isLoaded(event)) {
        behind = event.equals(active) || active == null ? 0 : active.number();
        return true;
      }
      var back = event.backTo();
      event =
          back == null
              ? null
              : database.<@Nullable RulesetEvent>read(tx -> RulesetEventTable.find(tx, back));
    }
    return false;
  }

  /** The rulebook that decides now. */
  @Override
  public Rulebook get() {
    return now().rulebook();
  }

  /** What decides now. */
  public InForce now() {
    var now = inForce;
    if (now == null) {
      throw new IllegalStateException("No ruleset is active yet.");
    }
    return now;
  }

  /** Whether a ruleset decides already. */
  public boolean isThere() {
    return inForce != null;
  }

  /** The number of the activation that this node cannot follow; 0 when it follows. */
  public long behind() {
    return behind;
  }

  /** Says that there may be a new activation; does not block. */
  public void ring() {
    if (bell.availablePermits() == 0) {
      bell.release();
    }
  }

  /** Follows until {@link #close}; a failure is logged, and the next round tries again. */
  public void run() {
    running.register();
    try {
      while (!stopping) {
        round();
        if (bell.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.arriveAndDeregister();
    }
  }

  private void round() {
    try {
      follow();
      warm();
    } catch (Unavailable e) {
      // The next round tries again; readiness tells that the database is away.
    } catch (RuntimeException e) {
      LOG.error("Following the active ruleset goes on after a failure.", e);
    }
  }

  /** Puts the newest activation in force, when it is not yet. */
  synchronized void follow() {
    long newest = database.read(RulesetEventTable::activeNumber);
    var now = inForce;
    if (newest == 0 || newest == behind || (now != null && now.activation().number() == newest)) {
      return;
    }
    var event = database.<@Nullable RulesetEvent>read(tx -> RulesetEventTable.find(tx, newest));
    if (event != null) {
      behind = isLoaded(event) ? 0 : newest;
    }
  }

  private boolean isLoaded(RulesetEvent event) {
    try {
      inForce = new InForce(event, shelf.get(event.ruleset()));
      LOG.info("The ruleset {} of activation {} decides.", event.digest(), event.number());
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error(
          "The ruleset {} of activation {} does not load.", event.digest(), event.number(), e);
      return false;
    }
    tidy();
    return true;
  }

  /** A rulebook that was admitted and may be activated soon; it belongs to this from now on. */
  void offer(Rulebook rulebook) {
    candidate = rulebook.digest();
    shelf.put(rulebook);
    tidy();
  }

  /** Compiles a ruleset beforehand, so that putting it in force takes no time. */
  void prepare(Sha256 digest) {
    shelf.get(digest);
  }

  private void tidy() {
    shelf.keep(needed());
  }

  /** What decides, what a roll-back leads to, and what was admitted last. */
  private Set<Sha256> needed() {
    var needed = new HashSet<Sha256>();
    if (candidate != null) {
      needed.add(candidate);
    }
    var now = inForce;
    if (now != null) {
      needed.add(now.rulebook().digest());
      var back = now.activation().backTo();
      var before =
          back == null
              ? null
              : database.<@Nullable RulesetEvent>read(tx -> RulesetEventTable.find(tx, back));
      if (before != null) {
        needed.add(before.ruleset());
      }
    }
    return needed;
  }

  /** Once after each activation: going back must not have to compile anything. */
  private void warm() {
    var now = inForce;
    if (now != null && now.activation().number() != warmed) {
      warmed = now.activation().number();
      needed().forEach(this::warm);
    }
  }

  private void warm(Sha256 digest) {
    try {
      shelf.get(digest);
    } catch (Unavailable e) {
      // It is loaded when it is needed.
    } catch (RuntimeException e) {
      LOG.warn("The ruleset {} does not load; nobody can go back to it.", digest, e);
    }
  }

  @Override
  public void close() {
    stopping = true;
    bell.release();
    running.arriveAndAwaitAdvance();
    shelf.close();
  }
}
