package dev.signalbox.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Access;
import dev.signalbox.access.Authority;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Wire;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Many people fight for the same exceptions: two want to settle each, some claim what others are
 * just settling, approve what is not proposed yet or what they proposed themselves, reject, say
 * things twice at once, and hang up before they are answered. Meanwhile two nodes post to a ledger
 * that hears some orders twice and whose answers get lost.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContestIT {
  private static final int CLIENTS = 64;
  private static final int ITEMS = Integer.getInteger("signalbox.contest.items", 10_000);

  /** Every so many items there is a claim to propose, and one to approve. */
  private static final int CLAIMED = 10;

  /** All that a loser may be told. */
  private static final Set<String> REASONS =
      Set.of("STALE", "NOT_ALLOWED", "HELD", "OWN_PROPOSAL", "BUSY", "CLAIM_LOST");

  private static final String MATCH = "{\"overrideReason\":\"Seen\",\"notes\":\"It is the same.\"}";
  private static final String ADJUST =
      "{\"reasonCode\":\"BANK_FEE\",\"notes\":\"A fee.\",\"amount\":\"2.50\",\"currency\":\"EUR\","
          + "\"effectiveAt\":\"2026-03-01T10:00:00Z\"}";
  private static final String WRITE_OFF =
      "{\"reason\":\"CANCELLED\",\"notes\":\"Gone.\",\"referenceDocument\":\"DOC-7\"}";

  private final Map<String, LongAdder> told = new ConcurrentSkipListMap<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  /** Something somebody does; several of them are done at once. */
  private interface Move {
    void by(Player player);
  }

  /** Somebody with a key, and a connection. */
  private record Player(String name, String key, Wire wire, Random random)
      implements AutoCloseable {
    @Override
    public void close() {
      wire.close();
    }
  }

  @Test
  void nothing_is_settled_or_posted_twice_nor_by_one_pair_of_eyes_and_every_loser_is_told_why()
      throws Exception {
    long began = System.nanoTime();
    var ledger = new AtomicReference<UnreliableBook>();
    try (var box =
        ApiBox.posting(book -> {
          ledger.set(new UnreliableBook(book));
          return requireNonNull(ledger.get());
        })) {
      var ids = reported(box);
      var players = players(box);
      var fight =
          new Fight(
              box.port(),
              requireNonNull(box.box().state(ids.getFirst()).route()).queue().value(),
              players);
      var checks = new ContestChecks(box);
      long fought = System.nanoTime();
      box.dispatchingTwice();
      try (var watch = checks.watching()) {
        play(players.values(), moves(fight, ids));
        fight.approvesWhatIsLeft("player-1", "player-3");
        checks.awaitQuiet();
        assertThat(watch.looks()).isPositive();
      } finally {
        players.values().forEach(Player::close);
      }
      double seconds = (System.nanoTime() - fought) / 1e9;

      var posted = checks.all(ITEMS);
      System.out.printf(
          "contest: %d items, %d clients, %d requests in %.1f s (%.0f/s), %.1f s in all; refused:"
              + " %s, proposals rejected: %d; postings: %d, ordered twice at once: %d, answers"
              + " lost: %d%n",
          ITEMS,
          CLIENTS,
          requests.sum(),
          seconds,
          requests.sum() / seconds,
          (System.nanoTime() - began) / 1e9,
          new TreeMap<>(told),
          rejected.sum(),
          posted,
          requireNonNull(ledger.get()).doubled(),
          requireNonNull(ledger.get()).unanswered());
      assertThat(REASONS).containsAll(told.keySet());
      assertThat(told.keySet()).contains("STALE", "NOT_ALLOWED", "OWN_PROPOSAL", "CLAIM_LOST");
      assertThat(rejected.sum()).isPositive();
      assertThat(requireNonNull(ledger.get()).doubled()).isPositive();
      assertThat(requireNonNull(ledger.get()).unanswered()).isPositive();
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
  private static Map<String, Player> players(ApiBox box) {
    var access =
        new Access(box.box().postgres().database(), box.box().clock(), null, Authority.UNLIMITED);
    var players = new LinkedHashMap<String, Player>();
    for (int i = 0; i < CLIENTS; i++) {
      var key = Access.newKey();
      var name = "player-" + i;
      access.add(name, i % 2 == 0 ? Role.ANALYST : Role.SENIOR, key);
      players.put(name, new Player(name, key, new Wire(box.port()), new Random(i)));
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
      boolean isAdjusted = i % 10 == 0;
      moves.add(player -> fight.settles(player, id, isAdjusted, isLame));
      if (i % 2 == 0) {
        moves.add(player -> fight.settles(player, id, isAdjusted, false));
      }
      if (i % CLAIMED == 0) {
        moves.add(fight::claimsAndProposes);
        moves.add(fight::claimsAndApproves);
      }
    }
    return new ConcurrentLinkedQueue<>(moves);
  }

  private static void play(Iterable<Player> players, Queue<Move> moves) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var playing = new ArrayList<Future<?>>();
      for (var player : players) {
        playing.add(
            threads.submit(() -> {
              for (var move = moves.poll(); move != null; move = moves.poll()) {
                move.by(player);
              }
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
    private final String queue;
    private final Map<String, Player> players;

    Fight(int port, String queue, Map<String, Player> players) {
      this.port = port;
      this.queue = queue;
      this.players = players;
    }

    /** Two do it at the same time, mostly with the version both saw; some hang up and ask again. */
    void settles(Player player, String id, boolean isAdjusted, boolean isLame) {
      var path = "/v1/exceptions/" + id + (isAdjusted ? "/adjust-entry" : "/force-match");
      var body = isAdjusted ? ADJUST : MATCH;
      var headers = new StringBuilder();
      if (player.random().nextInt(4) > 0) {
        headers.append("If-Match: \"3\"\r\n");
      }
      boolean isRepeated = isLame || player.random().nextInt(20) == 0;
      if (isRepeated) {
        headers.append("Idempotency-Key: settle-").append(id).append("\r\n");
      }
      if (isLame) {
        hangsUp(player, path, headers.toString(), body);
      }
      var answer = says(player, path, body, headers.toString());
      if (isRepeated) {
        var again = says(player, path, body, headers.toString());
        assertThat(again.status()).isEqualTo(answer.status());
        assertThat(again.body().path("version")).isEqualTo(answer.body().path("version"));
      }
    }

    /** In the wrong order too, and with his own approval. */
    void claimsAndProposes(Player player) {
      var key =
          "Idempotency-Key: claim-%d-%d\r\n".formatted(requests.sum(), player.random().nextLong());
      var claiming = "/v1/queues/" + queue + "/claim";
      if (player.random().nextInt(10) == 0) {
        hangsUp(player, claiming, key, "{}");
      }
      var claimed = says(player, claiming, "{}", key);
      if (claimed.status() == 204) {
        return;
      }
      var id = claimed.body().path("id").asText();
      var exception = "/v1/exceptions/" + id;
      boolean isSenior = player.name().length() % 2 == 0 && player.random().nextInt(2) == 0;
      if (isSenior) {
        says(player, exception + "/approve", "{}", "");
      }
      var fence = "Claim-Fence: " + claimed.body().at("/claim/fence").asText() + "\r\n";
      var proposed = says(player, exception + "/write-off", WRITE_OFF, fence);
      assertThat(proposed.status()).as(proposed.body().toString()).isEqualTo(200);
      says(player, exception + "/write-off", WRITE_OFF, fence);
      says(player, exception + "/approve", "{}", "");
    }

    /** Approves the next proposal, or rejects it, and who made it makes it again; false if none. */
    boolean claimsAndApproves(Player player) {
      var claimed = says(player, "/v1/queues/" + queue + "/claim", "{\"for\":\"approval\"}", "");
      if (claimed.status() != 200) {
        return false;
      }
      var exception = "/v1/exceptions/" + claimed.body().path("id").asText();
      if (player.random().nextInt(8) == 0) {
        var back = says(player, exception + "/reject", "{\"reason\":\"Look again.\"}", "");
        assertThat(back.status()).as(back.body().toString()).isEqualTo(200);
        rejected.increment();
        var proposer = requireNonNull(players.get(back.body().path("assignee").asText()));
        try (var wire = new Wire(port)) {
          var own = new Player(proposer.name(), proposer.key(), wire, player.random());
          says(own, exception + "/write-off", WRITE_OFF, "");
        }
        return true;
      }
      var approved = says(player, exception + "/approve", "{\"note\":\"Seen.\"}", "");
      assertThat(approved.status()).as(approved.body().toString()).isEqualTo(200);
      says(player, exception + "/approve", "{}", "");
      return true;
    }

    /** Two do, since nobody approves what he proposed. */
    void approvesWhatIsLeft(String one, String other) {
      Player first = requireNonNull(players.get(one));
      Player second = requireNonNull(players.get(other));
      boolean isAny = true;
      while (isAny) {
        isAny = claimsAndApproves(first);
        isAny |= claimsAndApproves(second);
      }
    }

    /** What is not done is counted by its reason; analysts are told that they approve nothing. */
    private Wire.Reply says(Player player, String path, String body, String headers) {
      requests.increment();
      var answer =
          player
              .wire()
              .send("POST", path, "Authorization: Bearer " + player.key() + "\r\n" + headers, body);
      var code = answer.body().path("code").asText();
      if (answer.status() >= 300 && !code.equals("FORBIDDEN")) {
        assertThat(answer.body().path("detail").asText()).isNotEmpty();
        told.computeIfAbsent(code, none -> new LongAdder()).increment();
      }
      return answer;
    }

    private void hangsUp(Player player, String path, String headers, String body) {
      var text =
          "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(path, player.key(), headers, body.length(), body);
      requests.increment();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoLinger(player.random().nextBoolean(), 0);
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
