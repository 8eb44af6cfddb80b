package dev.signalbox.ops.bench;

import dev.signalbox.ops.bench.Measure.Limit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reports in over HTTP, to their durable commit. */
final class IntakeBench {
  static final int CONNECTIONS = 64;
  private static final double STREAM_GOAL = 0.6;
  private static final double STREAM_FLOOR = 0.4;
  private static final double SINGLES_GOAL = 5;

  private final Client client;
  private final Postgres postgres;
  private final CopyLimit copy;

  IntakeBench(Client client, Postgres postgres) throws SQLException {
    this.client = client;
    this.postgres = postgres;
    this.copy = new CopyLimit(postgres);
  }

  /** One round: a stream, and right after it the limit for the same rows. */
  private record Round(
      double perSecond, double limit, Duration serviceTime, Duration databaseTime) {
    double ratio() {
      return perSecond / limit;
    }
  }

  /** The round in the middle of several. */
  Measure stream(List<Reports> rounds) throws SQLException, IOException {
    var done = new ArrayList<Round>();
    for (var reports : rounds) {
      done.add(round(reports));
    }
    done.sort(Comparator.comparingDouble(Round::ratio));
    var middle = done.get(done.size() / 2);
    int count = rounds.getFirst().count();
    return new Limit(middle.limit(), "COPY of the same rows")
        .of(
            "(a) NDJSON stream to durable commit",
            middle.perSecond(),
            "reports/s",
            "median of %d rounds of %,d (%.2f to %.2f of the limit); processor time per report: %.0f µs service and caller, %.0f µs PostgreSQL"
                .formatted(
                    done.size(),
                    count,
                    done.getFirst().ratio(),
                    done.getLast().ratio(),
                    micros(middle.serviceTime(), count),
                    micros(middle.databaseTime(), count)))
        .aimingAt(STREAM_GOAL, STREAM_FLOOR);
  }

  private Round round(Reports reports) throws SQLException, IOException {
    var since = postgres.text("SELECT clock_timestamp()");
    var service = processorTime();
    var database = postgres.processorTime();
    var took = client.stream(reports.lines());
    service = processorTime().minus(service);
    database = postgres.processorTime().minus(database);
    return new Round(
        perSecond(reports.count(), took),
        perSecond(reports.count(), copy.since(since)),
        service,
        database);
  }

  private static Duration processorTime() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Duration.ofNanos(system.getProcessCpuTime())
        : Duration.ZERO;
  }

  private static double micros(Duration time, int count) {
    return time.toNanos() / 1e3 / count;
  }

  private static double perSecond(int count, Duration took) {
    return count / (took.toNanos() / 1e9);
  }

  /**
   * Single requests.
   *
   * @param alone how many a second there are when each has a transaction of its own
   */
  static Measure singles(Singles singles, long seed, double alone) {
    var middle = singles.middle(seed);
    return new Limit(alone, "the same with a transaction for each")
        .of(
            "(b) single POSTs over %d connections".formatted(CONNECTIONS),
            middle.perSecond(),
            "reports/s",
            "p50 %.1f ms, p99 %.1f ms; median of %d rounds of %,d, as is the limit"
                .formatted(middle.p50Millis(), middle.p99Millis(), Singles.ROUNDS, singles.count()))
        .aimingAt(SINGLES_GOAL, null);
  }
}
