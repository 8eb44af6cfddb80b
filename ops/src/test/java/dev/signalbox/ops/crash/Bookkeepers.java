package dev.signalbox.ops.crash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.testkit.Until;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who settle what has an effect on the books, by turns an adjustment that nobody need
 * approve and a write-off that another approves, and remember what they were told holds.
 */
final class Bookkeepers {
  private static final int COUNT = 3;

  /** A node that died has work for as long as its lease lasts. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final String ADJUST =
      "{\"reasonCode\":\"BANK_FEE\",\"notes\":\"A fee.\",\"amount\":\"2.50\",\"currency\":\"EUR\","
          + "\"effectiveAt\":\"2026-03-02T09:00:00Z\"}";
  private static final String WRITE_OFF =
      "{\"reason\":\"CANCELLED\",\"notes\":\"Gone.\",\"referenceDocument\":\"DOC-7\"}";

  private final String adminKey;
  private final Map<String, String> keys = new HashMap<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();
  private final Set<String> approved = ConcurrentHashMap.newKeySet();
  private final AtomicInteger items = new AtomicInteger();
  private final List<CompletableFuture<Void>> working = new ArrayList<>();
  private AtomicBoolean stop = new AtomicBoolean();

  Bookkeepers(String adminKey) {
    this.adminKey = adminKey;
  }

  /** The ids of what they may have reported. */
  Set<String> reported() {
    return Set.copyOf(reported);
  }

  /** How many settlements were answered. */
  int approved() {
    return approved.size();
  }

  /** Begins to settle, until {@link #disperse} or until nobody answers. */
  void settle(String url) {
    for (var role : List.of("ANALYST", "SENIOR")) {
      keys.computeIfAbsent(role, none -> key(url, role));
    }
    stop = new AtomicBoolean();
    for (int i = 0; i < COUNT; i++) {
      var until = stop;
      working.add(CompletableFuture.runAsync(() -> settle(url, until)));
    }
  }

  private String key(String url, String role) {
    var body = "{\"name\":\"keeper-%s\",\"role\":\"%s\",\"why\":\"Books.\"}".formatted(role, role);
    return done(new Api(url, adminKey), "/v1/keys", body).path("key").asText();
  }

  private void settle(String url, AtomicBoolean until) {
    var analyst = new Api(url, requireNonNull(keys.get("ANALYST")));
    var senior = new Api(url, requireNonNull(keys.get("SENIOR")));
    try {
      while (!until.get()) {
        int item = items.incrementAndGet();
        var report = LiveBox.report("book-" + item);
        var source = report.path("source").asText();
        var id = CaseId.of("default", source, "book-" + item, null).toString();
        reported.add(id);
        done(new Api(url, adminKey), "/v1/exceptions", report.toString());
        var one = "/v1/exceptions/" + id;
        if (item % 2 == 0) {
          done(analyst, one + "/adjust-entry", ADJUST);
        } else {
          done(analyst, one + "/write-off", WRITE_OFF);
          done(senior, one + "/approve", "{}");
        }
        approved.add(id);
      }
    } catch (UncheckedIOException e) {
      // Killed: what was on its way has no answer.
    }
  }

  private static JsonNode done(Api api, String path, String body) {
    var answer = api.post(path, "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return Api.json(answer);
  }

  void disperse() {
    stop.set(true);
    working.forEach(CompletableFuture::join);
    working.clear();
  }

  /** What holds is in the book once, what does not is not; nothing is under way for ever. */
  void check(String url) {
    var api = new Api(url, adminKey);
    long began = System.nanoTime();
    Until.holds(LEASE, () -> reported.stream().noneMatch(id -> isUnderWay(api, id)));
    long waited = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    var booked = booked(api);
    int settled = 0;
    for (var id : reported) {
      boolean isSettled = status(api, id).equals("RESOLVED");
      settled += isSettled ? 1 : 0;
      assertThat(booked.getOrDefault(id, 0)).as(id).isEqualTo(isSettled ? 1 : 0);
      assertThat(isSettled || !approved.contains(id)).as(id).isTrue();
    }
    assertThat(reported).containsAll(booked.keySet());
    System.out.printf(
        "SIGKILL among bookkeepers: %d reported, %d settlements answered, %d hold, %d postings, all"
            + " of them once; the last of them %d s after the restart%n",
        reported.size(), approved.size(), settled, booked.size(), waited);
  }

  private static boolean isUnderWay(Api api, String id) {
    return status(api, id).equals("PENDING_RESOLUTION");
  }

  private static String status(Api api, String id) {
    return Api.json(api.get("/v1/exceptions/" + id)).path("status").asText();
  }

  /** How many postings there are for each exception. */
  private static Map<String, Integer> booked(Api api) {
    var booked = new HashMap<String, Integer>();
    long after = 0;
    JsonNode page;
    do {
      page = Api.json(api.get("/v1/ledger/postings?limit=200&after=" + after));
      page.path("items")
          .forEach(item -> booked.merge(item.path("exceptionId").asText(), 1, Integer::sum));
      after = page.path("next").asLong();
    } while (page.path("hasMore").asBoolean());
    return booked;
  }
}
