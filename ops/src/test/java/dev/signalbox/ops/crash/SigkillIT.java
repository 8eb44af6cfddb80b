package dev.signalbox.ops.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.api.access.Access;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.ops.generate.ReportGenerator;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at random instants while reports pour in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SigkillIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ROUNDS = 4;
  private static final int CLIENTS = 8;

  private final String key = Access.newKey();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();

  @Test
  void everything_acknowledged_is_there_once_after_a_kill_at_any_instant(@TempDir Path data)
      throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      var program = RunningProgram.start(data, key);
      var stop = new AtomicBoolean();
      var clients = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < CLIENTS; i++) {
        var generator = new ReportGenerator(seed + round * 100L + i, Instant.now());
        var prefix = "%d-%d-".formatted(round, i);
        clients.add(
            CompletableFuture.runAsync(() -> report(program.url(), generator, prefix, stop)));
      }
      int enough = acknowledged.size() + 20 + random.nextInt(200);
      Until.holds(() -> acknowledged.size() > enough);
      program.kill(round % 2 == 1);
      stop.set(true);
      clients.forEach(CompletableFuture::join);
    }

    var program = RunningProgram.start(data, key);
    var stored = list(program.url());
    var lost = new ArrayList<>(acknowledged);
    lost.removeAll(Set.copyOf(stored));
    int doubled = stored.size() - Set.copyOf(stored).size();
    var audit = lastLine(get(program.url() + "/v1/audit/verify"));
    int status = program.stop();

    System.out.printf(
        "SIGKILL, %d rounds, seed %d: sent %d, acknowledged %d, stored %d, lost %d, doubled %d;"
            + " audit %s%n",
        ROUNDS, seed, sent.size(), acknowledged.size(), stored.size(), lost.size(), doubled, audit);
    assertThat(lost).as("seed %d", seed).isEmpty();
    assertThat(doubled).as("seed %d", seed).isZero();
    assertThat(sent).containsAll(stored);
    assertThat(audit.path("misfits").asInt()).isZero();
    assertThat(audit.path("exceptions").asInt()).isEqualTo(stored.size());
    assertThat(status).isIn(0, 143);
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
        }
      }
    } catch (IOException e) {
      // Killed: what was on its way has no answer.
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

  private static JsonNode lastLine(String lines) throws IOException {
    return JSON.readTree(lines.lines().reduce((a, b) -> b).orElse("{}"));
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
