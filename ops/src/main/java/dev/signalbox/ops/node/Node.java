package dev.signalbox.ops.node;

import dev.signalbox.adapters.git.GitSource;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.s3.S3Store;
import dev.signalbox.api.http.Budgets;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Limits;
import dev.signalbox.api.routes.Listener;
import dev.signalbox.audit.Auditor;
import dev.signalbox.db.Database;
import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.db.Durability;
import dev.signalbox.db.Migrations;
import dev.signalbox.db.Roles;
import dev.signalbox.db.Unavailable;
import dev.signalbox.deadlines.Deadlines;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.dispatch.DeadLetters;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.intake.Intake;
import dev.signalbox.journal.FileKeys;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.ops.embedded.EmbeddedDatabase;
import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.telemetry.Gauges;
import dev.signalbox.ops.telemetry.Telemetry;
import dev.signalbox.outside.RulesetSource;
import dev.signalbox.recall.Recorded;
import dev.signalbox.review.Batches;
import dev.signalbox.review.Reconsidering;
import dev.signalbox.reviewers.Assigner;
import dev.signalbox.rulesets.FirstLook;
import dev.signalbox.rulesets.FolderSource;
import dev.signalbox.rulesets.RulesetDesk;
import dev.signalbox.shadow.ShadowRunner;
import dev.signalbox.signals.Signals;
import dev.signalbox.talk.EvidenceFiles;
import dev.signalbox.talk.LargeObjects;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.openapi.contract.OpenAPIContract;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node. What is started is stopped in the other order: first nothing new comes in, then
 * what was taken in is finished or handed back, then the database goes.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final Settings settings;
  private final ArrayDeque<Part> parts = new ArrayDeque<>();
  private final InstantSource clock = InstantSource.system();
  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Future<OpenAPIContract> contract = Listener.contract(vertx);
  private final RulesOnDisk kept;
  private String url = "";
  private String ruleset = "";
  private @Nullable Database database;

  private record Part(String name, AutoCloseable closing) {}

  /** The database, and what opens the sealed parts in it. */
  private record Store(Database database, SubjectKeys keys) {}

  private Node(Settings settings) {
    this.settings = settings;
    this.kept = new RulesOnDisk(settings.data(), clock);
  }

  /**
   * Starts a node, and returns when it takes requests.
   *
   * @throws RuntimeException when it cannot; all that was started is stopped again
   */
  public static Node start(Settings settings) {
    var node = new Node(settings);
    try {
      node.start();
      return node;
    } catch (RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  /** Where it listens. */
  public String url() {
    return url;
  }

  /** The ruleset that decides: its name and the beginning of its digest. */
  public String ruleset() {
    return ruleset;
  }

  /** Where the admin's key is kept; null when it was given. */
  public @Nullable Path keyFile() {
    return Entrance.keyFile(settings);
  }

  /** What it works on, for tools that run in the same process. */
  public Database database() {
    if (database == null) {
      throw new IllegalStateException("The node has no database yet.");
    }
    return database;
  }

  private void start() {
    var known = KeyFiles.knownMasterKey(settings.data(), settings.journalKey());
    if (known != null) {
      kept.unlock(known);
    }
    var early = EarlyRules.begin(settings.rulesets(), kept);
    try {
      begin();
    } finally {
      early.close();
    }
  }

  private void begin() {
    opened("Vert.x", () -> vertx.close().toCompletionStage().toCompletableFuture().join());
    // Were it still being read, it would complain of the event loops that are gone.
    opened("contract", () -> contract.otherwiseEmpty().await());
    opened("threads", executor::shutdownNow);
    var telemetry = Telemetry.begin(settings.otlpEndpoint());
    opened("telemetry", telemetry);
    var signals = new Signals(telemetry.api());
    var http = HttpCaller.open(vertx);
    opened("HTTP client", http);
    var targets = Targets.of(settings.targets(), http, clock);
    var opened = Database.open(vertx, migrated());
    database = opened;
    opened("connections", opened);
    var systems =
        new Targets(
            Ledger.among(targets.outlets(), settings.ledger(), opened, http, clock),
            targets.callbacks());
    var master = KeyFiles.masterKey(settings.data(), settings.journalKey());
    kept.unlock(master);
    var keys = new SubjectKeys(opened, master);
    assemble(new Store(opened, keys), rules(opened, keys, signals), telemetry, signals, systems);
  }

  private RulesetDesk rules(Database database, SubjectKeys keys, Signals signals) {
    var recorded = new Recorded(database, new JournalReader(keys));
    var firstLook = new FirstLook(database, recorded, clock, executor);
    var rules = new Rules(settings.rulesets(), source(), kept, database, signals, clock, firstLook);
    opened("rules", rules);
    rules.begin(executor);
    ruleset = rules.desk().active().get().label();
    return rules.desk();
  }

  private void assemble(
      Store store, RulesetDesk rules, Telemetry telemetry, Signals signals, Targets targets) {
    var database = store.database();
    var keys = store.keys();
    var doorbell = new Doorbell();
    var guard = new StormGuard(settings.storms());
    var shadow = new ShadowRunner(database, rules.shadows(), signals, clock);
    var desk =
        new Desk(
            database,
            rules.active(),
            new Journal(keys),
            guard,
            clock,
            signals,
            doorbell,
            shadow,
            new Desk.Setup(settings.ledger().chart(), new Assigner(settings.authority())));
    var dispatch = new DispatchRunner(targets.outlets(), dispatching(database, desk, signals));
    var deadlines = new Deadlines(database, desk, clock);
    doorbell.connect(dispatch::ring, deadlines::ring);
    var intake = new Intake(desk, settings.intake(), executor);
    var gauges = Gauges.register(telemetry.api(), database, rules, clock, () -> named(dispatch));
    Gauges.registerRules(telemetry.api(), rules, () -> desk.ruleHits().total());
    Gauges.registerShadow(telemetry.api(), shadow::isRunning);
    var auditor = new Auditor(database, new JournalReader(keys), clock, settings.audit().shape());
    var audit = new AuditRounds(auditor, settings.audit());
    Gauges.registerAudit(telemetry.api(), audit::last);
    var files = files(database, new FileKeys(keys), signals);
    var chores = new Chores(database, desk, dispatch, gauges, clock, guard);
    opened("rule hits", () -> desk.ruleHits().save(database));
    opened("shadow", shadow);
    opened("intake", intake);
    opened("dispatch", dispatch);
    opened("deadlines", deadlines);
    opened("chores", chores);
    opened("audit", audit);
    dispatch.start();
    executor.execute(deadlines::run);
    executor.execute(chores::run);
    executor.execute(audit::run);
    Thread.ofPlatform().daemon().name("shadow").start(shadow::run);
    listen(
        new Collaborators(
            database,
            desk,
            intake,
            new JournalReader(keys),
            files,
            new DeadLetters(database, desk, clock),
            batches(store, desk, rules),
            Entrance.access(settings, database, clock),
            new Budgets(settings.budgets()),
            rules.active(),
            rules,
            shadow,
            targets.callbacks(),
            dispatch::breakers,
            telemetry::page,
            signals,
            executor,
            clock));
  }

  /** Files that are evidence, and the sweep of those that are not. */
  private EvidenceFiles files(Database database, FileKeys keys, Signals signals) {
    var files = stored(database, keys, signals);
    var sweep = new FileSweep(files, clock);
    opened("files", sweep);
    executor.execute(sweep::run);
    return files;
  }

  /** Where they lie. Files in the other store are found as long as it is configured. */
  private EvidenceFiles stored(Database database, FileKeys keys, Signals signals) {
    var evidence = settings.evidence();
    var own = new LargeObjects(database);
    if (evidence.s3() == null) {
      return new EvidenceFiles(database, keys, own, List.of(), signals, clock);
    }
    var s3 = new S3Store(evidence.s3());
    opened("S3", s3);
    return evidence.inS3()
        ? new EvidenceFiles(database, keys, s3, List.of(own), signals, clock)
        : new EvidenceFiles(database, keys, own, List.of(s3), signals, clock);
  }

  private Batches batches(Store store, Desk desk, RulesetDesk rules) {
    var recorded = new Recorded(store.database(), new JournalReader(store.keys()));
    var reconsidering = new Reconsidering(recorded, rules.active());
    return new Batches(store.database(), desk, reconsidering, settings.ledger().batches(), clock);
  }

  private DispatchRunner.With dispatching(Database database, Desk desk, Signals signals) {
    return new DispatchRunner.With(
        database, desk, signals, executor, clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  private RulesetSource source() {
    var git = settings.rulesets().git();
    return git == null
        ? new FolderSource(settings.rulesets().folder())
        : new GitSource(git, settings.data().resolve("rulesets.git"));
  }

  private static Map<String, String> named(DispatchRunner dispatch) {
    var states = new HashMap<String, String>();
    dispatch.breakers().forEach((target, state) -> states.put(target.value(), state));
    return states;
  }

  private DatabaseSettings migrated() {
    if (settings.databaseUrl() != null) {
      return outside(DatabaseSettings.parse(settings.databaseUrl()));
    }
    var embedded = EmbeddedDatabase.start(settings.data());
    opened("PostgreSQL", embedded);
    Migrations.migrate(embedded.owner());
    return embedded.app();
  }

  private static DatabaseSettings outside(DatabaseSettings outside) {
    try {
      Roles.lend(outside);
      Migrations.migrate(outside);
      warnOfWeakness(outside);
      return outside.withRole(Roles.APP);
    } catch (Unavailable e) {
      throw new BadSettings(
          "The database %s cannot be used: %s".formatted(outside, e.getMessage()));
    }
  }

  /** An outside server is its administrator's; what it may lose is still worth a word. */
  private static void warnOfWeakness(DatabaseSettings outside) {
    try {
      Durability.verify(outside);
    } catch (IllegalStateException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private void listen(Collaborators with) {
    try {
      var listening =
          Listener.start(
                  vertx,
                  contract,
                  with,
                  SocketAddress.inetSocketAddress(settings.port(), settings.host()),
                  Limits.STANDARD)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      opened("HTTP", listening);
      url = "http://%s:%d".formatted(inUrl(settings.host()), listening.port());
    } catch (CompletionException e) {
      if (e.getCause() instanceof BindException || e.getCause() instanceof UnknownHostException) {
        throw new BadSettings(
            "Nothing can listen on port %d of %s: %s. Maybe choose another with --port."
                .formatted(settings.port(), settings.host(), e.getCause().getMessage()));
      }
      throw e;
    }
  }

  private static String inUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private void opened(String name, AutoCloseable closing) {
    parts.push(new Part(name, closing));
  }

  /** Stops; safe to call again. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      var part = parts.pop();
      try {
        part.closing().close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly.", part.name(), e);
      }
    }
  }
}
