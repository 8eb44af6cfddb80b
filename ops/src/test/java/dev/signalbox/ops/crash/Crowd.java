package dev.signalbox.ops.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.ops.generate.ReportGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many who report at once, and remember what was sent and what was acknowledged. */
final class Crowd {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CLIENTS = 8;

  private final String key;
  private final long seed;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();
  private AtomicBoolean stop = new AtomicBoolean();
  private int round;

  Crowd(String key, long seed) {
    this.key = key;
    this.seed = seed;
  }

  private int sent() {
    return sent.size();
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** Ids of exceptions that were acknowledged. */
  List<String> acknowledgedIds() {
    return List.copyOf(acknowledged);
  }

  /**
   * What was not answered, or with anything but a success or the conflict that some reports are.
   */
  List<String> failed() {
    return List.copyOf(failed);
  }

  /** Begins to report, until {@link #disperse} or until nobody answers. */
  void report(String url) {
    round++;
    stop = new AtomicBoolean();
    for (int i = 0; i < CLIENTS; i++) {
      var generator = new ReportGenerator(seed + round * 100L + i, Instant.now());
      var prefix = "%d-%d-".formatted(round, i);
      var until = stop;
      clients.add(CompletableFuture.runAsync(() -> report(url, generator, prefix, until)));
    }
  }

  /** Stops reporting; what is on its way may still be answered, or never. */
  void disperse() {
    stop.set(true);
    clients.forEach(CompletableFuture::join);
    clients.clear();
  }

  /**
   * What a running program has of it all.
   *
   * @param lost acknowledged, and not there
   * @param doubled more than once there
   * @param strange there, and never sent
   * @param audit the last line of the audit
   */
  record Found(int stored, int lost, int doubled, int strange, JsonNode audit) {}

  /** Prints the figures, and insists that nothing acknowledged is missing and nothing doubled. */
  void insistOn(Found found, String what) {
    System.out.printf(
        "%s, seed %d: sent %d, acknowledged %d, stored %d, lost %d, doubled %d; audit %s%n",
        what,
        seed,
        sent(),
        acknowledged(),
        found.stored(),
        found.lost(),
        found.doubled(),
        found.audit());
    assertThat(found.lost()).as("seed %d", seed).isZero();
    assertThat(found.doubled()).as("seed %d", seed).isZero();
    assertThat(found.strange()).as("seed %d", seed).isZero();
    assertThat(found.audit().path("misfits").asInt(-1)).isZero();
    assertThat(found.audit().path("exceptions").asInt()).isEqualTo(found.stored());
  }

  Found found(String url) throws IOException {
    return found(url, Set.of());
  }

  /**
   * What a running program has of it all.
   *
   * @param others what others reported, and nobody here knows of
   */
  Found found(String url, Set<String> others) throws IOException {
    var stored = list(url);
    var there = Set.copyOf(stored);
    var lost = new ArrayList<>(acknowledged);
    lost.removeAll(there);
    var strange = new ArrayList<>(there);
    strange.removeAll(sent);
    strange.removeAll(others);
    var audit = get(url + "/v1/audit/verify").lines().reduce((a, b) -> b).orElse("{}");
    return new Found(
        stored.size(),
        lost.size(),
        stored.size() - there.size(),
        strange.size(),
        JSON.readTree(audit));
  }

  /** Reports until it is told to stop or nobody answers; notes every id that was acknowledged. */
  private void report(String url, ReportGenerator generator, String prefix, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        var report = generator.next();
        report.put("sourceRef", prefix + report.path("sourceRef").asText());
        sent.add(
            CaseId.of(
                    "default",
                    report.path("source").asText(),
                    report.path("sourceRef").asText(),
                    null)
                .toString());
        var answer = post(url + "/v1/exceptions", report.toString());
        if (answer.statusCode() == 201) {
          acknowledged.add(JSON.readTree(answer.body()).path("id").asText());
        } else if (answer.statusCode() != 200 && answer.statusCode() != 409) {
          failed.add(answer.statusCode() + " " + answer.body());
        }
      }
    } catch (IOException e) {
      // Killed: what was on its way has no answer.
      failed.add(e.toString());
    }
  }

  private List<String> list(String url) throws IOException {
    var ids = new ArrayList<String>();
    var cursor = "";
    do {
      var page =
          JSON.readTree(
              get(
                  url
                      + "/v1/exceptions?limit=200&sort_by=id&sort_order=asc"
                      + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
      page.path("items").forEach(item -> ids.add(item.path("id").asText()));
      cursor = page.path("nextCursor").asText("");
      cursor = cursor.equals("null") ? "" : cursor;
    } while (!cursor.isEmpty());
    return ids;
  }

  private HttpResponse<String> post(String url, String body) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private String get(String url) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url))).body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(
          request.header("Authorization", "Bearer " + key).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
