package dev.signalbox.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.access.Access;
import dev.signalbox.access.Authority;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Many people fight for the same exceptions: two want to settle each, some claim what others are
 * just settling, approve what is not proposed yet or what they proposed themselves, say things
 * twice at once, and hang up before they are answered.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContestIT {
  private static final int CLIENTS = 64;
  private static final int ITEMS = Integer.getInteger("signalbox.contest.items", 10_000);
  private static final int CLAIMS = ITEMS / 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** All that a loser may be told. */
  private static final Set<String> REASONS =
      Set.of("STALE", "NOT_ALLOWED", "HELD", "OWN_PROPOSAL", "BUSY", "CLAIM_LOST");

  private static final String MATCH = "{\"overrideReason\":\"Seen\",\"notes\":\"It is the same.\"}";
  private static final String WRITE_OFF =
      "{\"reason\":\"CANCELLED\",\"notes\":\"Gone.\",\"referenceDocument\":\"DOC-7\"}";

  private final Map<String, LongAdder> told = new ConcurrentSkipListMap<>();
  private final LongAdder requests = new LongAdder();

  /** Something somebody does; several of them are done at once. */
  private interface Move {
    void by(Player player) throws IOException, InterruptedException;
  }

  /** Somebody with a key. */
  private record Player(String name, String key, Random random) {}

  private record Answer(int status, JsonNode body) {
    String code() {
      return body.path("code").asText();
    }
  }

  @Test
  void nothing_is_settled_twice_nor_by_one_pair_of_eyes_and_every_loser_is_told_why()
      throws Exception {
    long began = System.nanoTime();
    try (var box = ApiBox.open();
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var ids = reported(box);
      var route = requireNonNull(box.box().state(ids.getFirst()).route());
      var fight = new Fight(box.port(), http, route.queue().value());
      var moves = moves(fight, ids);
      var players = players(box);
      long fought = System.nanoTime();
      play(players, moves);
      play(List.of(players.get(1), players.get(3)), drained(fight));
      double seconds = (System.nanoTime() - fought) / 1e9;

      checkJournal(box);
      System.out.printf(
          "contest: %d items, %d clients, %d requests in %.1f s (%.0f/s), %.1f s in all; refused: %s%n",
          ITEMS,
          CLIENTS,
          requests.sum(),
          seconds,
          requests.sum() / seconds,
          (System.nanoTime() - began) / 1e9,
          new TreeMap<>(told));
      assertThat(REASONS).containsAll(told.keySet());
      assertThat(told.keySet()).contains("STALE", "NOT_ALLOWED", "OWN_PROPOSAL", "CLAIM_LOST");
    }
  }

  private static List<CaseId> reported(ApiBox box) {
    var ids = new ArrayList<CaseId>();
    var batch = new ArrayList<ExceptionReport>();
    for (int i = 0; i < ITEMS; i++) {
      var report = Reports.report("contest-" + i, TestBox.START).build();
      ids.add(report.caseId());
      batch.add(report);
      if (batch.size() == 500 || i == ITEMS - 1) {
        box.box().reportAll(batch);
        batch.clear();
      }
    }
    return ids;
  }

  /** Analysts and seniors by turns. */
  private static List<Player> players(ApiBox box) {
    var access =
        new Access(box.box().postgres().database(), box.box().clock(), null, Authority.UNLIMITED);
    var players = new ArrayList<Player>();
    for (int i = 0; i < CLIENTS; i++) {
      var key = Access.newKey();
      var name = "player-" + i;
      access.add(name, i % 2 == 0 ? Role.ANALYST : Role.SENIOR, key);
      players.add(new Player(name, key, new Random(i)));
    }
    return players;
  }

  private static Queue<Move> moves(Fight fight, List<CaseId> ids) {
    var moves = new ArrayList<Move>();
    var order = new ArrayList<>(ids);
    Collections.shuffle(order, new Random(1));
    for (int i = 0; i < order.size(); i++) {
      var id = order.get(i).toString();
      boolean isLame = i % 20 == 0;
      moves.add(player -> fight.settles(player, id, isLame));
      if (i % 2 == 0) {
        moves.add(player -> fight.settles(player, id, false));
      }
      if (i % (ITEMS / CLAIMS) == 0) {
        moves.add(fight::claimsAndProposes);
        moves.add(fight::claimsAndApproves);
      }
    }
    return new ConcurrentLinkedQueue<>(moves);
  }

  /** What is proposed still waits for somebody. */
  private static Queue<Move> drained(Fight fight) {
    return new ConcurrentLinkedQueue<>(
        Collections.nCopies(CLAIMS + CLIENTS, fight::claimsAndApproves));
  }

  private static void play(List<Player> players, Queue<Move> moves) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var playing = new ArrayList<Future<?>>();
      for (var player : players) {
        playing.add(
            threads.submit(() -> {
              for (var move = moves.poll(); move != null; move = moves.poll()) {
                move.by(player);
              }
              return true;
            }));
      }
      for (var one : playing) {
        one.get();
      }
    }
  }

  /** The moves, over HTTP. */
  private final class Fight {
    private final int port;
    private final HttpClient http;
    private final String queue;

    Fight(int port, HttpClient http, String queue) {
      this.port = port;
      this.http = http;
      this.queue = queue;
    }

    /** Two do it at the same time, mostly with the version both saw; some hang up and ask again. */
    void settles(Player player, String id, boolean isLame)
        throws IOException, InterruptedException {
      var path = "/v1/exceptions/" + id + "/force-match";
      var headers = new ArrayList<String>();
      if (player.random().nextInt(4) > 0) {
        headers.addAll(List.of("If-Match", "\"3\""));
      }
      boolean isRepeated = isLame || player.random().nextInt(20) == 0;
      if (isRepeated) {
        headers.addAll(List.of("Idempotency-Key", "settle-" + id));
      }
      if (isLame) {
        hangsUp(player, path, headers, MATCH);
      }
      var answer = says(player, path, MATCH, headers);
      if (isRepeated) {
        var again = says(player, path, MATCH, headers);
        assertThat(again.status()).isEqualTo(answer.status());
        assertThat(again.body().path("version")).isEqualTo(answer.body().path("version"));
      }
    }

    /** In the wrong order too, and with his own approval. */
    void claimsAndProposes(Player player) throws IOException, InterruptedException {
      var key = "claim-" + requests.sum() + "-" + player.random().nextLong();
      var claiming = "/v1/queues/" + queue + "/claim";
      if (player.random().nextInt(10) == 0) {
        hangsUp(player, claiming, List.of("Idempotency-Key", key), "{}");
      }
      var claimed = says(player, claiming, "{}", List.of("Idempotency-Key", key));
      if (claimed.status() == 204) {
        return;
      }
      var id = claimed.body().path("id").asText();
      var exception = "/v1/exceptions/" + id;
      boolean isSenior = player.name().length() % 2 == 0 && player.random().nextInt(2) == 0;
      if (isSenior) {
        says(player, exception + "/approve", "{}", List.of());
      }
      var fence = List.of("Claim-Fence", claimed.body().at("/claim/fence").asText());
      var proposed = says(player, exception + "/write-off", WRITE_OFF, fence);
      assertThat(proposed.status()).as(proposed.body().toString()).isEqualTo(200);
      says(player, exception + "/write-off", WRITE_OFF, fence);
      says(player, exception + "/approve", "{}", List.of());
    }

    void claimsAndApproves(Player player) throws IOException, InterruptedException {
      var claimed =
          says(player, "/v1/queues/" + queue + "/claim", "{\"for\":\"approval\"}", List.of());
      if (claimed.status() == 200) {
        var exception = "/v1/exceptions/" + claimed.body().path("id").asText();
        var approved = says(player, exception + "/approve", "{\"note\":\"Seen.\"}", List.of());
        assertThat(approved.status()).as(approved.body().toString()).isEqualTo(200);
        says(player, exception + "/approve", "{}", List.of());
      }
    }

    /** What is not done is counted by its reason; analysts are told that they approve nothing. */
    private Answer says(Player player, String path, String body, List<String> headers)
        throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Authorization", "Bearer " + player.key())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!headers.isEmpty()) {
        request.headers(headers.toArray(String[]::new));
      }
      requests.increment();
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var text = response.body();
      var answer =
          new Answer(
              response.statusCode(),
              text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text));
      if (answer.status() >= 300 && !answer.code().equals("FORBIDDEN")) {
        assertThat(answer.body().path("detail").asText()).isNotEmpty();
        told.computeIfAbsent(answer.code(), code -> new LongAdder()).increment();
      }
      return answer;
    }

    private void hangsUp(Player player, String path, List<String> headers, String body) {
      var text = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
      text.append("Authorization: Bearer ").append(player.key()).append("\r\n");
      for (int i = 0; i < headers.size(); i += 2) {
        text.append(headers.get(i)).append(": ").append(headers.get(i + 1)).append("\r\n");
      }
      text.append("Content-Type: application/json\r\nContent-Length: ")
          .append(body.length())
          .append("\r\n\r\n")
          .append(body);
      requests.increment();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoLinger(player.random().nextBoolean(), 0);
        socket.getOutputStream().write(text.toString().getBytes(UTF_8));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void checkJournal(ApiBox box) {
    assertThat(box.rows("exception_case", "status <> 'RESOLVED'")).isZero();
    assertThat(box.rows("claim")).isZero();
    assertThat(
            box.rows(
                "(SELECT case_id FROM journal WHERE type LIKE 'Resolved%' GROUP BY case_id"
                    + " HAVING count(*) <> 1) AS twice",
                "true"))
        .isZero();
    assertThat(box.rows("journal", "type LIKE 'Resolved%'")).isEqualTo(ITEMS);
    assertThat(
            box.rows(
                "journal AS given JOIN journal AS made USING (case_id)",
                "given.type LIKE 'ApprovalGiven%' AND made.type LIKE 'ProposalMade%'"
                    + " AND convert_from(given.public, 'UTF8')::jsonb #>> '{body,by}'"
                    + " = convert_from(made.public, 'UTF8')::jsonb #>> '{body,by}'"))
        .isZero();
    assertThat(box.rows("journal", "type LIKE 'ApprovalGiven%'")).isPositive();
    var audit =
        new AuditVerify(box.box().postgres().database(), new JournalReader(box.box().keys()));
    assertThat(audit.run(so -> {}).isClean()).isTrue();
  }
}
