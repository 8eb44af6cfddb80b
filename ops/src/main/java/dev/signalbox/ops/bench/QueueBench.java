package dev.signalbox.ops.bench;

import dev.signalbox.access.Access;
import dev.signalbox.ops.embedded.EmbeddedDatabase;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * How long the next exception of a queue takes to claim, by how many are open on it, and how many
 * commands a second many reviewers get through. Over HTTP, each command in a durable transaction.
 */
public final class QueueBench {
  private static final int FEW = 10_000;
  private static final int MADE = 2_000;
  private static final int COPIED_MAX = 100_000;
  private static final int CLAIMS = 1_000;
  private static final int COMMANDS = 10_000;

  /** A program that just began is several times slower than one that has run for a minute. */
  private static final int WARM_UP = 4_000;

  private static final int CLIENTS = 32;
  private static final int OK = 200;
  private static final double MICRO = 1e3;

  private final Path home;
  private final Path data;
  private final Consumer<String> progress;
  private final String key = Access.newKey();

  /**
   * A bench.
   *
   * @param home the folder of the program
   * @param data an empty directory on the disk that is measured
   * @param progress told in a line what is done next
   */
  public QueueBench(Path home, Path data, Consumer<String> progress) {
    this.home = home;
    this.data = data;
    this.progress = progress;
  }

  /**
   * Measures claims at 10,000 open exceptions and at more, and then commands.
   *
   * @param open how many are open on the queue in the end
   */
  public List<Measure> run(int open) throws IOException, InterruptedException, ExecutionException {
    try (var embedded = EmbeddedDatabase.start(data);
        var postgres = Postgres.open(embedded);
        var node =
            Node.start(SettingsReader.read(null, environment(embedded)::get, home).in(data).at(0));
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      try (var client = new Client(node.url(), key, 2)) {
        progress.accept("recording exceptions");
        client.stream(Reports.generate(MADE, 7, Instant.now()).lines());
      }
      var queue =
          postgres.text(
              "SELECT queue FROM exception_case WHERE status = 'OPEN' GROUP BY queue"
                  + " ORDER BY count(*) DESC LIMIT 1");
      var reviewers = new Reviewers(http, node.url(), key, queue);
      int few = Math.min(FEW, open);
      fill(postgres, queue, few);
      progress.accept("claims, until the program is warm");
      reviewers.commandsPerSecond(CLIENTS, WARM_UP);
      fill(postgres, queue, few);
      reviewers.claims(CLAIMS / 5);
      var early = reviewers.claims(CLAIMS);
      fill(postgres, queue, open);
      reviewers.claims(CLAIMS / 5);
      var late = reviewers.claims(CLAIMS);
      progress.accept("commands of %d clients".formatted(CLIENTS));
      double commands = reviewers.commandsPerSecond(CLIENTS, COMMANDS / 2);
      return List.of(
          new Measure.Limit(percentile(early, 50), "p50 at %,d".formatted(few))
              .of("(q) claim with much open, p50", percentile(late, 50), "µs", open(open)),
          new Measure.Limit(percentile(early, 99), "p99 at %,d".formatted(few))
              .of("(q) claim with much open, p99", percentile(late, 99), "µs", open(open)),
          new Measure(
              "(r) claims and proposals",
              commands,
              "commands/s",
              null,
              null,
              null,
              "%d clients, %s".formatted(CLIENTS, open(open))));
    } catch (SQLException e) {
      throw new IOException("PostgreSQL broke off: " + e.getMessage(), e);
    }
  }

  private static String open(int open) {
    return "%,d open".formatted(open);
  }

  private Map<String, String> environment(EmbeddedDatabase embedded) {
    var administrator = embedded.superuser();
    return Map.of(
        "SIGNALBOX_ADMIN_KEY",
        key,
        "SIGNALBOX_DATABASE_URL",
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(
                administrator.user(),
                administrator.password(),
                administrator.host(),
                administrator.port(),
                administrator.database()));
  }

  /** Copies of what is there under ids of their own: a claim reads and writes them like others. */
  private void fill(Postgres postgres, String queue, int open) throws SQLException {
    var columns =
        postgres.text(
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns"
                + " WHERE table_name = 'exception_case'"
                + " AND column_name NOT IN ('id', 'body', 'urgent_at')");
    var there =
        "SELECT count(*) FROM exception_case WHERE status = 'OPEN' AND queue = '%s'"
            .formatted(queue);
    for (long have = postgres.number(there); have < open; have = postgres.number(there)) {
      progress.accept("filling the queue, %,d of %,d".formatted(have, open));
      postgres.run(
          """
          INSERT INTO exception_case (id, body, urgent_at, %1$s)
          SELECT new_id, convert_to(replace(convert_from(body, 'UTF8'), id::text, new_id::text), 'UTF8'),
            urgent_at + random() * interval '3 days', %1$s
          FROM (
            SELECT gen_random_uuid() AS new_id, c.* FROM (
              SELECT * FROM exception_case WHERE status = 'OPEN' AND queue = '%2$s' LIMIT 500) AS c,
              generate_series(1, %3$d)
            LIMIT %4$d) AS copied
          """
              .formatted(columns, queue, COPIED_MAX / 100, Math.min(COPIED_MAX, open - have)));
    }
    postgres.run("VACUUM ANALYZE exception_case");
  }

  private static double percentile(long[] nanos, int percent) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / MICRO;
  }

  /** Who asks. */
  private record Reviewers(HttpClient http, String url, String key, String queue) {
    private static final String MATCH =
        "{\"overrideReason\": \"Measured\", \"notes\": \"It is the same.\"}";

    /** How long each of them took, one after the other. */
    long[] claims(int count) throws IOException, InterruptedException {
      var took = new long[count];
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        var _ = claim();
        took[i] = System.nanoTime() - began;
      }
      return took;
    }

    double commandsPerSecond(int clients, int pairs)
        throws InterruptedException, ExecutionException {
      var left = new AtomicInteger(pairs);
      long began = System.nanoTime();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var working = new ArrayList<Future<?>>();
        for (int i = 0; i < clients; i++) {
          working.add(
              threads.submit(() -> {
                while (left.getAndDecrement() > 0) {
                  var _ = post("/v1/exceptions/" + claim() + "/force-match", MATCH);
                }
                return true;
              }));
        }
        for (var one : working) {
          one.get();
        }
      }
      return 2e9 * pairs / (System.nanoTime() - began);
    }

    /** The id of what is claimed. */
    private String claim() throws IOException, InterruptedException {
      var claimed = post("/v1/queues/" + queue + "/claim", "{}");
      int at = claimed.indexOf("\"id\":\"") + 6;
      return claimed.substring(at, claimed.indexOf('"', at));
    }

    private String post(String path, String body) throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new IllegalStateException(
            "%s was answered with %d: %s".formatted(path, response.statusCode(), response.body()));
      }
      return response.body();
    }
  }
}
