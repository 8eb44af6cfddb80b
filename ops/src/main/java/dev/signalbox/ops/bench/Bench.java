package dev.signalbox.ops.bench;

import dev.signalbox.api.access.Access;
import dev.signalbox.db.Database;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.ops.embedded.EmbeddedDatabase;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.signals.Signals;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Measures a node on an embedded PostgreSQL with durability on, as it is when it serves; only the
 * caller lives in the same process.
 */
public final class Bench {
  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 64;

  private final Plan plan;
  private final Instant now;
  private final Consumer<String> progress;
  private final List<Measure> measures = new ArrayList<>();

  /**
   * How much is measured.
   *
   * @param reports in each round of the stream
   * @param singles requests of their own
   * @param work pieces that are due
   * @param home the folder of the program
   * @param data an empty directory on the disk that is measured
   */
  public record Plan(int reports, int singles, int work, Path home, Path data) {}

  /**
   * What was measured.
   *
   * @param durability what makes the commits durable, in one line
   */
  public record Result(List<Measure> measures, String durability) {
    public Result {
      measures = List.copyOf(measures);
    }
  }

  private Bench(Plan plan, Instant now, Consumer<String> progress) {
    this.plan = plan;
    this.now = now;
    this.progress = progress;
  }

  /**
   * Measures; takes about a minute.
   *
   * @param progress told in a line what is done next
   */
  public static Result run(Plan plan, Consumer<String> progress)
      throws IOException, InterruptedException, ExecutionException {
    try {
      return new Bench(plan, Instant.now(), progress).run();
    } catch (SQLException e) {
      throw new IOException("PostgreSQL broke off: " + e.getMessage(), e);
    }
  }

  private Result run() throws SQLException, IOException, InterruptedException, ExecutionException {
    try (var embedded = EmbeddedDatabase.start(plan.data());
        var postgres = Postgres.open(embedded);
        var rules = Rulesets.load(plan.home().resolve("rules-repo/rulesets/standard"))) {
      served(embedded, postgres, rules);
      progress.accept("rules");
      measures.add(RulesBench.run(rules, Reports.generate(5_000, 77, now), now));
      work(embedded, postgres);
      return new Result(measures, postgres.durability());
    }
  }

  private void served(EmbeddedDatabase embedded, Postgres postgres, Rulebook rules)
      throws SQLException, IOException, InterruptedException, ExecutionException {
    var key = Access.newKey();
    try (var node = Node.start(settings(embedded, key));
        var client = new Client(node.url(), key, CONNECTIONS)) {
      var bench = new IntakeBench(client, postgres, desk(node.database(), rules));
      progress.accept("warming up");
      client.stream(Reports.generate(plan.reports(), 1, now).lines());
      client.singles(Reports.generate(plan.singles(), 2, now).lines(), CONNECTIONS);
      var rounds = new ArrayList<Reports>();
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(Reports.generate(plan.reports(), 10 + i, now));
      }
      var footprint = Footprint.begin(postgres);
      progress.accept("stream");
      measures.add(bench.stream(rounds));
      long bytes = rounds.stream().mapToLong(Reports::bytes).sum();
      long reports = rounds.stream().mapToLong(Reports::count).sum();
      var disk = footprint.disk(bytes, reports);
      var heap = footprint.heap(reports);
      progress.accept("single requests");
      measures.add(
          bench.singles(
              Reports.generate(plan.singles(), 20, now),
              Reports.generate(plan.singles(), 21, now)));
      measures.add(disk);
      measures.add(heap);
    }
  }

  private Settings settings(EmbeddedDatabase embedded, String key) {
    var administrator = embedded.superuser();
    var url =
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(
                administrator.user(),
                administrator.password(),
                administrator.host(),
                administrator.port(),
                administrator.database());
    var environment = Map.of("SIGNALBOX_ADMIN_KEY", key, "SIGNALBOX_DATABASE_URL", url);
    return SettingsReader.read(null, environment::get, plan.home()).in(plan.data()).at(0);
  }

  private static Desk desk(Database database, Rulebook rules) {
    var keys = new SubjectKeys(database, new MasterKey(new byte[MasterKey.BYTES]));
    return new Desk(
        database,
        () -> rules,
        new Journal(keys),
        StormGuard.off(),
        InstantSource.system(),
        Signals.none(),
        () -> {});
  }

  /** Without a node, whose own runners would look after the work. */
  private void work(EmbeddedDatabase embedded, Postgres postgres)
      throws SQLException, InterruptedException, ExecutionException {
    progress.accept("work");
    var vertx = Vertx.vertx();
    try (var database = Database.open(vertx, embedded.app())) {
      var id = CaseId.parse(postgres.text("SELECT id FROM exception_case LIMIT 1"));
      measures.add(new WorkBench(database, postgres).run(id, plan.work()));
    } finally {
      vertx.close().await();
    }
  }
}
