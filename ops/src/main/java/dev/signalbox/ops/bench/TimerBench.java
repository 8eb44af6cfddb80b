package dev.signalbox.ops.bench;

import dev.signalbox.access.Authority;
import dev.signalbox.db.Database;
import dev.signalbox.db.Migrations;
import dev.signalbox.deadlines.Deadlines;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.Request;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.ops.embedded.EmbeddedDatabase;
import dev.signalbox.reviewers.Assigner;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.signals.Signals;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Timers while very many wait: how many happen in a second when many are due at once, as after a
 * sleep, and how late one is that is due by itself.
 */
public final class TimerBench {
  private static final int BATCH = 300;
  private static final int ALONE = 200;
  private static final Duration APART = Duration.ofMillis(25);
  private static final Duration SOON = Duration.ofSeconds(2);

  /** By then every chain's first step is due. */
  private static final Duration AHEAD = Duration.ofHours(25);

  private static final int DUE_MAX = 100_000;
  private static final Actor ACTOR = new Actor.Component("bench");

  private final Path home;
  private final Path data;
  private final Consumer<String> progress;

  /** By how much the bench is ahead of the machine's clock. */
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private final InstantSource clock = () -> Instant.now().plus(ahead.get());

  /**
   * A bench.
   *
   * @param home the folder of the program
   * @param data an empty directory on the disk that is measured
   * @param progress told in a line what is done next
   */
  public TimerBench(Path home, Path data, Consumer<String> progress) {
    this.home = home;
    this.data = data;
    this.progress = progress;
  }

  /**
   * Records exceptions, each with a timer, and lets some of them be due.
   *
   * @param pending how many exceptions; a million take some minutes to record
   */
  public List<Measure> run(int pending) throws IOException, InterruptedException {
    var vertx = Vertx.vertx();
    try (var embedded = EmbeddedDatabase.start(data);
        var postgres = Postgres.open(embedded);
        var rules = Rulesets.load(home.resolve("rules-repo/rulesets/standard"))) {
      Migrations.migrate(embedded.owner());
      try (var database = Database.open(vertx, embedded.app())) {
        var desk = desk(database, rules);
        record(desk, pending);
        postgres.run("VACUUM ANALYZE exception_case");
        return measured(database, desk, postgres, pending);
      }
    } catch (SQLException e) {
      throw new IOException("PostgreSQL broke off: " + e.getMessage(), e);
    } finally {
      vertx.close().await();
    }
  }

  private Desk desk(Database database, Rulebook rules) {
    var keys = new SubjectKeys(database, new MasterKey(new byte[MasterKey.BYTES]));
    return new Desk(
        database,
        () -> rules,
        new Journal(keys),
        StormGuard.off(),
        clock,
        Signals.none(),
        brought -> {},
        Desk.Onlooker.NOBODY,
        new Desk.Setup(null, new Assigner(Authority.UNLIMITED)));
  }

  private void record(Desk desk, int pending) {
    for (int done = 0; done < pending; done += BATCH) {
      if (done % (BATCH * 200) == 0) {
        progress.accept("recording exceptions, %,d of %,d".formatted(done, pending));
      }
      var now = clock.instant();
      var reports = Reports.generate(Math.min(BATCH, pending - done), 1_000 + done, now).read();
      desk.handle(
          reports.stream().map(report -> Request.report(report, now, ACTOR, null)).toList());
    }
  }

  private List<Measure> measured(Database database, Desk desk, Postgres postgres, int pending)
      throws SQLException, InterruptedException {
    ahead.set(AHEAD);
    int due = Math.max(1, Math.min(pending / 10, DUE_MAX));
    postgres.run(
        "CREATE TABLE chosen AS SELECT id, row_number() OVER () AS n FROM (SELECT id FROM"
            + " exception_case WHERE next_action_at <= '%s' LIMIT %d) AS few"
                .formatted(clock.instant(), due + ALONE));
    // All wait for long; what the chosen ones themselves say is due, so when they are set it
    // happens.
    postgres.run(
        "UPDATE exception_case SET next_action_at = next_action_at + interval '10 years'"
            + " WHERE next_action_at IS NOT NULL");
    postgres.run("CREATE UNIQUE INDEX chosen_id ON chosen (id)");
    var atOnce = atOnce(database, desk, postgres, pending);
    return List.of(atOnce, alone(database, desk, postgres, pending));
  }

  private Measure atOnce(Database database, Desk desk, Postgres postgres, int pending)
      throws SQLException {
    set(postgres, "n > %d".formatted(ALONE), "'%s'".formatted(clock.instant()));
    postgres.run("VACUUM ANALYZE exception_case");
    long before = events(postgres);
    progress.accept("timers that are due at once");
    long began = System.nanoTime();
    try (var deadlines = new Deadlines(database, desk, clock)) {
      while (deadlines.catchUp()) {
        // One batch after the other.
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    long happened = events(postgres) - before;
    return measure(
        "(g) timers that are due at once",
        happened / seconds,
        "timers/s",
        "%,d events, while the timers of %,d exceptions wait".formatted(happened, pending));
  }

  private Measure alone(Database database, Desk desk, Postgres postgres, int pending)
      throws SQLException, InterruptedException {
    var first = clock.instant().plus(SOON);
    set(
        postgres,
        "n <= %d".formatted(ALONE),
        "'%s'::timestamptz + n * interval '%d milliseconds'".formatted(first, APART.toMillis()));
    postgres.run(
        "CREATE TABLE alone AS SELECT id, next_action_at AS due FROM exception_case JOIN chosen"
            + " USING (id) WHERE n <= %d".formatted(ALONE));
    progress.accept("timers, one after the other");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var deadlines = new Deadlines(database, desk, clock)) {
      threads.execute(deadlines::run);
      Thread.sleep(SOON.plus(APART.multipliedBy(ALONE)).plus(SOON));
    }
    var lag =
        "SELECT (1000 * percentile_disc(%s) WITHIN GROUP (ORDER BY lag))::numeric(12, 1) FROM"
            + " (SELECT extract(epoch FROM min(j.at) - due) AS lag FROM alone JOIN journal AS j"
            + " ON j.case_id = alone.id AND j.at >= due GROUP BY alone.id, due) AS lags";
    long done =
        postgres.number(
            "SELECT count(*) FROM alone WHERE EXISTS (SELECT 1 FROM journal AS j"
                + " WHERE j.case_id = alone.id AND j.at >= due)");
    return measure(
        "(g) lag of a timer, p50",
        Double.parseDouble(postgres.text(lag.formatted("0.5"))),
        "ms",
        "p99 %s ms; %d of %d, %d ms apart, while those of %,d exceptions wait"
            .formatted(
                postgres.text(lag.formatted("0.99")), done, ALONE, APART.toMillis(), pending));
  }

  private static Measure measure(String what, double value, String unit, String detail) {
    return new Measure(what, value, unit, null, null, null, detail);
  }

  private static void set(Postgres postgres, String which, String instant) throws SQLException {
    postgres.run(
        "UPDATE exception_case AS c SET next_action_at = %s FROM chosen WHERE c.id = chosen.id AND %s"
            .formatted(instant, which));
  }

  private static long events(Postgres postgres) throws SQLException {
    return postgres.number("SELECT count(*) FROM journal");
  }
}
