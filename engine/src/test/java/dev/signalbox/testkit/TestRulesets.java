package dev.signalbox.testkit;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.outside.RulesetSource;
import dev.signalbox.rulesets.Activations;
import dev.signalbox.rulesets.ActiveRuleset;
import dev.signalbox.rulesets.Evidence;
import dev.signalbox.rulesets.FolderSource;
import dev.signalbox.rulesets.RulesetDesk;
import dev.signalbox.rulesets.RulesetEvent;
import dev.signalbox.rulesets.RulesetEventTable;
import dev.signalbox.rulesets.RulesetWatch;
import dev.signalbox.rulesets.Shadows;
import dev.signalbox.signals.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a node has of rulesets, without threads that look: tests say when. */
public final class TestRulesets implements AutoCloseable {
  public static final Actor ANN = new Actor.Person("ann");
  public static final Actor BOB = new Actor.Person("bob");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ActiveRuleset active;
  private final Activations activations;
  private final RulesetWatch watch;
  private final Shadows shadows;
  private final TestPostgres postgres;
  private final List<RulesetEvent> looked = new CopyOnWriteArrayList<>();

  public TestRulesets(TestPostgres postgres, RulesetSource source) {
    this(postgres, source, Activations.Policy.USUAL, Duration.ofMinutes(1));
  }

  public TestRulesets(
      TestPostgres postgres, RulesetSource source, Activations.Policy policy, Duration judging) {
    this(postgres, source, policy, judging, InstantSource.system());
  }

  public TestRulesets(
      TestPostgres postgres,
      RulesetSource source,
      Activations.Policy policy,
      Duration judging,
      InstantSource clock) {
    this.postgres = postgres;
    var database = postgres.database();
    active = new ActiveRuleset(database);
    activations = new Activations(database, active, policy, clock, Signals.none(), looked::add);
    shadows = new Shadows(database, clock);
    watch =
        new RulesetWatch(
            source,
            new RulesetWatch.Timing(Duration.ofMillis(100), judging),
            database,
            active,
            activations,
            Signals.none(),
            clock,
            threads);
  }

  /** Begun with a folder. */
  public static TestRulesets begun(TestPostgres postgres, Path folder) {
    return new TestRulesets(postgres, new FolderSource(folder)).begun();
  }

  /** Whether something decides here. */
  public boolean isBegun() {
    return active.isThere();
  }

  /** What the API speaks for. */
  public RulesetDesk desk() {
    return new RulesetDesk(
        active,
        activations,
        watch,
        new Evidence(postgres.database(), InstantSource.system()),
        shadows);
  }

  /** As a program begins. */
  public TestRulesets begun() {
    if (!active.resume()) {
      watch.begin();
    }
    watch.look();
    return this;
  }

  public ActiveRuleset active() {
    return active;
  }

  public Activations activations() {
    return activations;
  }

  /** Somebody wants it, without a backtest. */
  public Activations.Outcome activate(Sha256 digest, long admission, String why, Actor actor) {
    return activations.activate(new Activations.Wish(digest, admission, null, why, actor));
  }

  /** The activations that were made here, in their order. */
  public List<RulesetEvent> looked() {
    return looked;
  }

  public RulesetWatch watch() {
    return watch;
  }

  /** The name of what decides. */
  public String decides() {
    return active.get().name();
  }

  /** All kinds of events, in their order. */
  public List<RulesetEvent> events() {
    return postgres.database().read(tx -> RulesetEventTable.after(tx, 0, 10_000));
  }

  public List<String> kinds() {
    return events().stream().map(event -> event.kind().name()).toList();
  }

  public RulesetEvent last() {
    return events().getLast();
  }

  @Override
  public void close() {
    watch.close();
    active.close();
    threads.shutdownNow();
  }
}
