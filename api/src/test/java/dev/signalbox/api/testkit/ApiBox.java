package dev.signalbox.api.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.access.Access;
import dev.signalbox.access.Authority;
import dev.signalbox.access.Role;
import dev.signalbox.adapters.manual.ManualOutlet;
import dev.signalbox.api.http.Budgets;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Limits;
import dev.signalbox.api.routes.Listener;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.desk.Repeats;
import dev.signalbox.dispatch.Breaker;
import dev.signalbox.dispatch.DeadLetters;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.dispatch.RetryPlan;
import dev.signalbox.dispatch.TargetPolicy;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.intake.Intake;
import dev.signalbox.journal.FileKeys;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.ledger.BookOutlet;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.CallbackReader;
import dev.signalbox.outside.Outlet;
import dev.signalbox.recall.Recorded;
import dev.signalbox.review.BatchLimits;
import dev.signalbox.review.Batches;
import dev.signalbox.review.Reconsidering;
import dev.signalbox.rulesets.Activations;
import dev.signalbox.rulesets.FolderSource;
import dev.signalbox.shadow.ShadowRunner;
import dev.signalbox.signals.Signals;
import dev.signalbox.talk.EvidenceFiles;
import dev.signalbox.talk.LargeObjects;
import dev.signalbox.testkit.Charts;
import dev.signalbox.testkit.Runners;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.TestRulesets;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A signal box with its HTTP server: everything is real but the outside systems. */
public final class ApiBox implements AutoCloseable {
  private static final TargetPolicy QUICK =
      new TargetPolicy(
          new RetryPlan(10, Duration.ofMillis(5), Duration.ofMillis(50)),
          2,
          Duration.ofSeconds(20),
          Duration.ofHours(1),
          new Breaker.Policy(10, 4, 0.5, Duration.ofMillis(200)));

  /** A slow caller is cut off soon, so that tests need not wait. */
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofSeconds(10));

  private static final BatchLimits LIMITS_OF_BATCHES =
      new BatchLimits(
          50,
          Map.of("CHF", new BigDecimal("1000.00")),
          Map.of("6900", Map.of("SEK", new BigDecimal("500.00"))));

  private static final ContractCheck CONTRACT = ContractCheck.load();

  private final TestBox box;
  private final TestRulesets rulesets;
  private final Map<TargetName, Outlet> outlets;
  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Intake intake;
  private final DispatchRunner dispatch;
  private final Listener listener;
  private final ShadowRunner shadow;
  private final EvidenceFiles files;
  private final HttpClient http;
  private final Map<Role, String> keys = new HashMap<>();
  private final List<AutoCloseable> closings = new ArrayList<>();

  /** What callers may do at most. */
  private record Bounds(Authority authority, Budgets budgets) {
    static final Bounds NONE = new Bounds(Authority.UNLIMITED, new Budgets(Map.of()));
  }

  private ApiBox(
      TestBox box, Map<TargetName, Outlet> outlets, Map<TargetName, CallbackReader> readers) {
    this(box, outlets, readers, rulesets(box), Bounds.NONE);
  }

  private ApiBox(
      TestBox box,
      Map<TargetName, Outlet> outlets,
      Map<TargetName, CallbackReader> readers,
      TestRulesets rulesets,
      Bounds bounds) {
    this.box = box;
    this.rulesets = rulesets;
    this.outlets = outlets;
    var database = box.postgres().database();
    intake = new Intake(box.desk(), Intake.Shape.USUAL, executor);
    dispatch = Runners.runner(box, executor, QUICK, outlets);
    var access = new Access(database, box.clock(), null, bounds.authority());
    for (var role : Role.values()) {
      var key = Access.newKey();
      access.add(role.name().toLowerCase(Locale.ROOT), role, key);
      keys.put(role, key);
    }
    files =
        new EvidenceFiles(
            database,
            new FileKeys(box.keys()),
            new LargeObjects(database),
            List.of(),
            Signals.none(),
            box.clock());
    shadow = new ShadowRunner(database, rulesets.desk().shadows(), Signals.none(), box.clock());
    var with =
        new Collaborators(
            database,
            box.desk(),
            intake,
            new JournalReader(box.keys()),
            files,
            new DeadLetters(database, box.desk(), box.clock()),
            batches(box),
            access,
            bounds.budgets(),
            rulesets.isBegun() ? rulesets.desk().active() : TestBox::rules,
            rulesets.desk(),
            shadow,
            readers,
            dispatch::breakers,
            () -> "# none\n",
            Signals.none(),
            executor,
            box.clock());
    listener =
        Listener.start(
                vertx,
                Listener.contract(vertx),
                with,
                SocketAddress.inetSocketAddress(0, "127.0.0.1"),
                LIMITS)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    http =
        vertx.createHttpClient(
            new HttpClientOptions().setMaxChunkSize(1 << 16),
            new PoolOptions().setHttp1MaxSize(500));
    closings.add(listener);
    closings.add(intake);
    closings.add(dispatch);
    closings.add(rulesets);
    closings.add(shadow);
    closings.add(executor::shutdownNow);
    closings.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    closings.add(box);
  }

  /** With so many dispatches and callbacks a minute and caller. */
  public static ApiBox spending(int perMinute) {
    var box = TestBox.open();
    Outlet calm = (dispatch, deadline) -> new Attempt.Delivered("X-1", false);
    return new ApiBox(
        box,
        Map.of(new TargetName("jira"), calm),
        Map.of(),
        rulesets(box),
        new Bounds(
            Authority.UNLIMITED,
            new Budgets(Map.of("dispatch", perMinute, "callback", perMinute))));
  }

  private static Batches batches(TestBox box) {
    var recorded = new Recorded(box.postgres().database(), new JournalReader(box.keys()));
    var reconsidering = new Reconsidering(recorded, box::deciding);
    return new Batches(
        box.postgres().database(), box.desk(), reconsidering, LIMITS_OF_BATCHES, box.clock());
  }

  /** With the targets "webhook" and "jira", which take everything and never answer. */
  public static ApiBox open() {
    return on(TestBox.open());
  }

  /** With limits of what roles may take on. */
  public static ApiBox within(Authority authority) {
    var box = TestBox.open();
    return new ApiBox(
        box, Map.of(), Map.of(), rulesets(box), new Bounds(authority, Bounds.NONE.budgets()));
  }

  private static TestRulesets rulesets(TestBox box) {
    return new TestRulesets(box.postgres(), new FolderSource(Path.of("none")));
  }

  /** With the embedded book, to which resolutions are posted. */
  public static ApiBox posting() {
    return posting(book -> book).dispatching();
  }

  /** With the embedded book, as something else lets it answer; nothing is dispatched yet. */
  public static ApiBox posting(UnaryOperator<Outlet> ledger) {
    var box = TestBox.posting(Charts.full());
    Outlet calm = (dispatch, deadline) -> new Attempt.Delivered("X-1", false);
    var book = ledger.apply(new BookOutlet(box.postgres().database()));
    return new ApiBox(
        box, Map.of(new TargetName("webhook"), calm, LedgerOrder.LEDGER, book), Map.of());
  }

  /** With rulesets from a folder, and as many people as are needed to activate one. */
  public static ApiBox watching(Path folder, int people) {
    var box = TestBox.open();
    var policy = new Activations.Policy(false, people);
    var rulesets =
        new TestRulesets(box.postgres(), new FolderSource(folder), policy, Duration.ofMinutes(1));
    return new ApiBox(box, Map.of(), Map.of(), rulesets.begun(), Bounds.NONE);
  }

  /** What watches rulesets here, when somebody says so. */
  public TestRulesets rulesets() {
    return rulesets;
  }

  /** Decides by the ruleset that was activated, and asks candidates beside. */
  public ApiBox shadowing() {
    box.decideBy(rulesets.active().get());
    box.onLook(shadow);
    Thread.ofPlatform().daemon().start(shadow::run);
    return this;
  }

  /** Whether a candidate is asked here. */
  public boolean isShadowing() {
    return shadow.isRunning();
  }

  /** On a PostgreSQL that can be killed and frozen. */
  public static ApiBox onItsOwnServer() {
    return on(TestBox.on(TestPostgres.onItsOwnServer(Duration.ofSeconds(3))));
  }

  private static ApiBox on(TestBox box) {
    Outlet calm = (dispatch, deadline) -> new Attempt.Delivered("X-1", false);
    return new ApiBox(
        box,
        Map.of(
            new TargetName("webhook"),
            calm,
            new TargetName("jira"),
            calm,
            TargetName.MANUAL,
            new ManualOutlet()),
        Map.of());
  }

  public static ApiBox open(
      Map<TargetName, Outlet> outlets, Map<TargetName, CallbackReader> readers) {
    return new ApiBox(TestBox.open(), outlets, readers);
  }

  /** What the server works on. */
  public TestBox box() {
    return box;
  }

  /** The files that are evidence. */
  public EvidenceFiles files() {
    return files;
  }

  public Vertx vertx() {
    return vertx;
  }

  public int port() {
    return listener.port();
  }

  /** The digest of the ruleset that decides. */
  public String ruleset() {
    return TestBox.rules().digest().hex();
  }

  /** Tells the server to stop; it goes on with what is under way. */
  public Future<?> stopping() {
    return executor.submit(listener::close);
  }

  /** Begins to dispatch. */
  public ApiBox dispatching() {
    dispatch.start();
    return this;
  }

  /** Begins to dispatch, as two nodes on one database do. */
  public ApiBox dispatchingTwice() {
    var other = Runners.runner(box, executor, QUICK, outlets);
    closings.addFirst(other);
    other.start();
    return dispatching();
  }

  /** Somebody without a key. */
  public ApiClient anybody() {
    return new ApiClient(vertx, http, port(), CONTRACT, Map.of());
  }

  /** Somebody with a key of this role. */
  public Person as(Role role) {
    return new Person(anybody().with("Authorization", "Bearer " + keys.get(role)));
  }

  public Person reporter() {
    return as(Role.REPORTER);
  }

  public Person viewer() {
    return as(Role.VIEWER);
  }

  public Person operator() {
    return as(Role.OPERATOR);
  }

  /** How much is stored: the rows of every table that a report or a command may touch. */
  public Map<String, Long> rows() {
    var rows = new HashMap<String, Long>();
    for (var table : List.of("exception_case", "journal", "work", "once", "dead_letter")) {
      rows.put(table, rows(table));
    }
    return rows;
  }

  /** How many exceptions are stored. */
  public long cases() {
    return rows("exception_case");
  }

  public long rows(String table) {
    return rows(table, "true");
  }

  public long rows(String table, String where) {
    return box.postgres()
        .asSuperuser()
        .read(tx -> tx.query("SELECT count(*) AS n FROM %s WHERE %s".formatted(table, where)))
        .getFirst()
        .int64("n");
  }

  /** Whether no work is left to do. */
  public boolean isQuiet() {
    return rows("work") == 0;
  }

  /** Runs while somebody else holds an exception, so that every command to it waits. */
  public <T> T whileNothingCommits(String id, Supplier<T> work) {
    return box.postgres()
        .asOwner()
        .inTransaction(tx -> {
          tx.query("SELECT id FROM exception_case WHERE id = ?::text::uuid FOR UPDATE", id);
          return work.get();
        });
  }

  /** How many of the server's transactions wait for somebody else's. */
  public long waitingForLocks() {
    return rows("pg_stat_activity", "datname = current_database() AND wait_event_type = 'Lock'");
  }

  /** Claims a key for a request, as a node does that dies right after. */
  public void claims(String scope, String key, String body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
      new Repeats(box.postgres().database(), box.clock())
          .claim(new OnceKey(scope, key, Sha256.of(digest)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    for (var closing : closings) {
      try {
        closing.close();
      } catch (Exception e) {
        throw new AssertionError("It did not stop cleanly.", e);
      }
    }
  }
}
