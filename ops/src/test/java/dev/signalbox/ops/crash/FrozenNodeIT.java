package dev.signalbox.ops.crash;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.access.Access;
import dev.signalbox.ops.standin.StandInReceiver;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database; one is stopped in the middle of its attempts, past their leases. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FrozenNodeIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int REPORTS = 40;

  /** As many as the target takes at once from one node. */
  private static final int CAUGHT = 4;

  /** With a timeout of 4 s for a call, a lease is 26 s. */
  private static final Duration LEASE_IS_OVER_WITHIN = Duration.ofSeconds(60);

  private final String key = Access.newKey();
  private final List<RunningProgram> programs = new ArrayList<>();
  private TestPostgres postgres;
  private HangingReceiver receiver;
  @TempDir private Path directory;

  @BeforeEach
  void open() throws IOException {
    postgres = TestPostgres.freshDatabase();
    receiver = new HangingReceiver();
  }

  @AfterEach
  void close() throws InterruptedException {
    for (var program : programs) {
      program.kill(false);
    }
    receiver.close();
    postgres.close();
  }

  @Test
  void a_node_that_wakes_past_its_leases_overwrites_and_doubles_nothing() throws Exception {
    var frozen = node("frozen");
    var other = node("other");
    receiver.hang("frozen");
    var acknowledged = reported(frozen.url());
    Until.holds(() -> receiver.from("frozen").size() == CAUGHT);
    frozen.freeze();
    var caught = receiver.from("frozen");
    Until.holds(() -> receiver.from("other").size() == REPORTS - CAUGHT);
    receiver.hang("other");
    Until.holds(LEASE_IS_OVER_WITHIN, () -> receiver.from("other").size() == REPORTS);

    // The other is in the middle of what it took over: now both have an attempt of each.
    receiver.goOn("frozen");
    frozen.thaw();
    Until.holds(() -> attempts(frozen.url()) == CAUGHT);
    receiver.goOn("other");
    var api = new Api(frozen.url(), key);
    Until.holds(() -> acknowledged.stream().allMatch(id -> isDelivered(api, id)));
    var references = references(api, acknowledged);
    acknowledged.forEach(id -> closedTwice(id, frozen.url(), other.url()));

    var found = found(api, acknowledged);
    System.out.printf(
        "Frozen node: acknowledged %d, caught in an attempt %d, taken over %d, late outcomes"
            + " refused %d, lost %d, doubled %d; audit %s%n",
        acknowledged.size(),
        caught.size(),
        again(caught),
        refused(frozen),
        found.lost(),
        found.doubled(),
        found.audit());
    assertThat(references).containsExactly(Map.entry("other", (long) REPORTS));
    assertThat(refused(frozen)).isEqualTo(CAUGHT);
    assertThat(refused(other)).isZero();
    assertThat(receiver.from("frozen")).containsExactlyElementsOf(caught);
    assertThat(receiver.from("other")).doesNotHaveDuplicates().containsAll(caught);
    assertThat(found.lost()).isZero();
    assertThat(found.doubled()).isZero();
    assertThat(found.audit().path("misfits").asInt(-1)).isZero();
    assertThat(found.audit().path("exceptions").asInt()).isEqualTo(REPORTS);

    reported(frozen.url());
    Until.holds(() -> receiver.from("frozen").size() > CAUGHT);
  }

  /**
   * What there is of it all.
   *
   * @param lost acknowledged, and not delivered or not closed
   * @param doubled delivered or closed more than once
   */
  private record Found(long lost, long doubled, JsonNode audit) {}

  private static Found found(Api api, List<String> ids) throws IOException {
    long lost = 0;
    long doubled = 0;
    for (var id : ids) {
      var events = events(api, id);
      var delivered = events.getOrDefault("DispatchDelivered", 0L);
      var resolved = events.getOrDefault("Resolved", 0L);
      lost += delivered == 0 || resolved == 0 ? 1 : 0;
      doubled += delivered > 1 || resolved > 1 ? 1 : 0;
    }
    var audit = api.get("/v1/audit/verify").body().lines().reduce((a, b) -> b).orElse("{}");
    return new Found(lost, doubled, JSON.readTree(audit));
  }

  private static Map<String, Long> events(Api api, String id) {
    var events = new ArrayList<String>();
    Api.json(api.get("/v1/exceptions/" + id + "/history"))
        .path("items")
        .forEach(entry -> events.add(entry.path("type").asText()));
    return events.stream().collect(groupingBy(identity(), counting()));
  }

  private RunningProgram node(String name) throws IOException {
    var home = Files.createDirectories(directory.resolve(name));
    var secret = Files.writeString(home.resolve("webhook.secret"), StandInReceiver.SECRET);
    var config =
        Files.writeString(
            home.resolve("signalbox.yaml"),
            """
            targets:
              webhook:
                kind: webhook
                url: %s
                secrets: [file:%s]
                timeout: 4s
                allowedNetworks: [127.0.0.0/8]
                dispatch: {concurrency: %d}
            """
                .formatted(receiver.url(name), secret, CAUGHT));
    var program =
        RunningProgram.start(
            home,
            key,
            Map.of(
                "SIGNALBOX_DATABASE_URL", LiveBox.url(postgres),
                "SIGNALBOX_JOURNAL_KEY", "5e".repeat(32)),
            "--config",
            config.toString());
    programs.add(program);
    return program;
  }

  /** Reports many at once, so that one commit has work for all; gives back who was taken in. */
  private List<String> reported(String url) {
    var reports = JSON.createArrayNode();
    int begin = receiver.from("other").size();
    IntStream.range(0, REPORTS)
        .forEach(i -> reports.add(LiveBox.reportForWebhook("freeze-" + (begin + i))));
    var answer = new Api(url, key).post("/v1/exceptions", "application/json", reports.toString());
    var ids = new ArrayList<String>();
    Api.json(answer).path("items").forEach(item -> ids.add(item.path("id").asText()));
    assertThat(ids).as(answer.body()).hasSize(REPORTS).doesNotHaveDuplicates();
    return ids;
  }

  private double attempts(String url) {
    return MetricsPage.read(new Api(url, key).get("/metrics").body())
        .sum("signalbox_work_attempted_total");
  }

  private static boolean isDelivered(Api api, String id) {
    return Api.json(api.get("/v1/exceptions/" + id)).path("dispatch").has("deliveredAt");
  }

  /** By whose attempt they were delivered, and how many. */
  private static Map<String, Long> references(Api api, List<String> ids) {
    return ids.stream()
        .map(id -> Api.json(api.get("/v1/exceptions/" + id)))
        .collect(
            groupingBy(
                found -> found.path("dispatch").path("externalReference").asText(),
                TreeMap::new,
                counting()));
  }

  /** Lets the outside system answer, once through each node. */
  private void closedTwice(String id, String... urls) {
    var answer = "{\"status\":\"RESOLVED\",\"externalSystem\":\"receiver\"}";
    for (var url : urls) {
      var told =
          new Api(url, key)
              .post(
                  "/v1/exceptions/" + id + "/callback",
                  "application/json",
                  answer,
                  "Idempotency-Key",
                  "answer-" + id);
      assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    }
  }

  /** How many of these the other has attempted as well. */
  private long again(List<String> messages) {
    return receiver.from("other").stream().filter(messages::contains).count();
  }

  private static long refused(RunningProgram program) {
    return program.said().stream().filter(line -> line.contains("its lease is lost")).count();
  }
}
