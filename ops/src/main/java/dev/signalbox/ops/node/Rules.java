package dev.signalbox.ops.node;

import dev.signalbox.db.Database;
import dev.signalbox.ops.settings.RulesetSettings;
import dev.signalbox.outside.RulesetSource;
import dev.signalbox.rules.kept.KeptRules;
import dev.signalbox.rulesets.Activations;
import dev.signalbox.rulesets.ActiveRuleset;
import dev.signalbox.rulesets.Evidence;
import dev.signalbox.rulesets.FirstLook;
import dev.signalbox.rulesets.RulesetDesk;
import dev.signalbox.rulesets.RulesetWatch;
import dev.signalbox.rulesets.Shadows;
import dev.signalbox.signals.Signals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The rules of a node: what decides, and the watch over where they come from. */
final class Rules implements AutoCloseable {
  /** How long a start waits for the source, when it could decide without it. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** One judges; two more can be stuck before no ruleset is judged any more. */
  private static final int JUDGES_MAX = 3;

  private final ExecutorService judges = judges();
  private final RulesetDesk desk;

  Rules(
      RulesetSettings settings,
      RulesetSource source,
      KeptRules kept,
      Database database,
      Signals signals,
      InstantSource clock,
      FirstLook firstLook) {
    var active = new ActiveRuleset(database, kept);
    var activations =
        new Activations(database, active, settings.policy(), clock, signals, firstLook::at);
    var timing = new RulesetWatch.Timing(settings.poll(), settings.judging());
    var watch =
        new RulesetWatch(source, timing, database, active, activations, signals, clock, judges);
    desk =
        new RulesetDesk(
            active,
            activations,
            watch,
            new Evidence(database, clock),
            new Shadows(database, clock));
  }

  /**
   * Begins with what was active last, or else with what the source has now.
   *
   * @param blocking one virtual thread per task
   * @throws dev.signalbox.rules.BadRuleset when there is no ruleset to decide by
   */
  void begin(Executor blocking) {
    if (desk.active().resume()) {
      lookForNew(blocking);
    } else {
      desk.watch().begin();
    }
    blocking.execute(desk.active()::run);
    blocking.execute(desk.watch()::run);
  }

  /** A source that is away or slow keeps nobody from starting. */
  private void lookForNew(Executor blocking) {
    try {
      CompletableFuture.runAsync(desk.watch()::begin, blocking)
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The watch goes on looking, and says what is wrong.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  RulesetDesk desk() {
    return desk;
  }

  private static ExecutorService judges() {
    return new ThreadPoolExecutor(
        0,
        JUDGES_MAX,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> Thread.ofPlatform().daemon().name("judge").unstarted(task));
  }

  @Override
  public void close() {
    desk.watch().close();
    desk.active().close();
    judges.shutdownNow();
  }
}
