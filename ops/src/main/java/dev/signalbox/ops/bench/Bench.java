package dev.signalbox.ops.bench;

import dev.signalbox.access.Access;
import dev.signalbox.db.Database;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.intake.Intake;
import dev.signalbox.ops.embedded.EmbeddedDatabase;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.rules.Rulesets;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
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

  private final Plan plan;
  private final String key = Access.newKey();
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
   * Measures; takes some minutes.
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
      served(embedded, postgres);
      progress.accept("rules");
      measures.add(RulesBench.run(rules, Reports.generate(5_000, 77, now), now));
      progress.accept("rulesets that grow");
      measures.addAll(RulesGrowth.run(now));
      work(embedded, postgres);
      return new Result(measures, postgres.durability());
    }
  }

  private void served(EmbeddedDatabase embedded, Postgres postgres)
      throws SQLException, IOException {
    double alone = eachAlone(embedded);
    try (var node = Node.start(settings(embedded));
        var client = new Client(node.url(), key, IntakeBench.CONNECTIONS)) {
      var bench = new IntakeBench(client, postgres);
      var singles = new Singles(client, plan.singles(), now);
      progress.accept("warming up");
      client.stream(Reports.generate(plan.reports(), 1, now).lines());
      singles.warmUp(20);
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
      measures.add(IntakeBench.singles(singles, 30, alone));
      measures.add(disk);
      measures.add(heap);
    }
  }

  /** What single requests reach on a node that never shares a transaction among them. */
  private double eachAlone(EmbeddedDatabase embedded) {
    progress.accept("single requests, a transaction for each");
    var alone = new Intake.Shape(IntakeBench.CONNECTIONS, 1);
    try (var node = Node.start(settings(embedded).taking(alone));
        var client = new Client(node.url(), key, IntakeBench.CONNECTIONS)) {
      var bench = new Singles(client, plan.singles(), now);
      bench.warmUp(40);
      return bench.middle(50).perSecond();
    }
  }

  private Settings settings(EmbeddedDatabase embedded) {
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
