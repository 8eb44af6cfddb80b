package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Reviewers and approvers get the most urgent exception, and hold it while they are there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClaimIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String WRITE_OFF =
      "{'reason':'CANCELLED','notes':'Gone.','referenceDocument':'DOC-7'}";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static ObjectNode item() {
    return report("claim" + COUNT.incrementAndGet());
  }

  private static String reported(ObjectNode report) {
    return box.reporter().reports(report).is(201).text("id");
  }

  private static Reply says(Role role, String id, String command, String body) {
    return box.as(role).says(id, command, json(body));
  }

  private static Reply claims(Role role, String queue, String body) {
    return box.as(role).posts("/v1/queues/" + queue + "/claim", json(body).toString());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of earlier tests is taken away, so that the next claim is known. */
  private static void emptied(String queue) {
    for (var status : List.of("OPEN", "UNDER_REVIEW", "PENDING_APPROVAL", "ASSIGNED")) {
      for (var one :
          box.viewer()
              .lists("?limit=200&queue=" + queue + "&status=" + status)
              .json()
              .path("items")) {
        box.reporter().clears(one.path("id").asText(), null).is(200);
      }
    }
  }

  /** A lease that ran out, as if nobody had been heard of for that long. */
  private static void ranOut(String id) {
    box.box()
        .postgres()
        .asOwner()
        .inTransaction(tx ->
            tx.update(
                "UPDATE claim SET expires_at = now() - interval '1 second' WHERE case_id = ?::text::uuid",
                id));
  }

  @Test
  void the_next_one_is_the_most_urgent_that_nobody_holds_and_lists_show_it_at_once() {
    var small = reported(item().put("amount", "10.00"));
    var queue = box.viewer().sees(small).text("queue");
    emptied(queue);
    var low = reported(item().put("amount", "11.00"));
    var high = reported(item().put("amount", "900.00"));
    assertThat(box.viewer().sees(high).text("queue")).isEqualTo(queue);
    var listed = box.viewer().lists("?sort_by=urgency&limit=200&status=OPEN&queue=" + queue);
    var first = listed.is(200).json().at("/items/0/id").asText();
    assertThat(listed.json().at("/items/1/urgentAt").asText())
        .isGreaterThanOrEqualTo(listed.json().at("/items/0/urgentAt").asText());

    var claimed = claims(Role.ANALYST, queue, "{}").is(200);

    assertThat(claimed.text("id")).isEqualTo(first);
    assertThat(claimed.text("status")).isEqualTo("UNDER_REVIEW");
    assertThat(claimed.text("assignee")).isEqualTo("analyst");
    assertThat(claimed.json().at("/claim/fence").asLong())
        .isEqualTo(claimed.json().path("version").asLong());
    assertThat(claimed.json().at("/claim/secondsLeft").asInt()).isBetween(800, 900);
    assertThat(claimed.header("ETag")).isEqualTo("\"" + claimed.text("version") + "\"");
    var mine = box.viewer().lists("?assignee=analyst&status=UNDER_REVIEW&queue=" + queue).json();
    assertThat(mine.at("/items/0/id").asText()).isEqualTo(first);
    assertThat(mine.at("/items/0/claim/until").asText()).isNotEmpty();
    assertThat(box.viewer().lists("?status=OPEN&queue=" + queue).json().path("items"))
        .noneMatch(one -> one.path("id").asText().equals(first));

    assertThat(claims(Role.SENIOR, queue, "{}").is(200).text("id"))
        .isIn(low, high)
        .isNotEqualTo(first);
    claims(Role.SENIOR, queue, "{}").is(204);
    assertThat(box.viewer().events(first)).endsWith("Claimed");
  }

  @Test
  void a_heartbeat_prolongs_a_claim_and_writes_nothing_to_the_exception() {
    var id = reported(item());
    var fence =
        says(Role.ANALYST, id, "claim", "{'leaseSeconds':60}").is(200).json().at("/claim/fence");
    var before = box.viewer().sees(id).json();

    var beat = says(Role.ANALYST, id, "claim/heartbeat", "{'fence':%s}".formatted(fence)).is(200);

    assertThat(beat.json().path("secondsLeft").asInt()).isEqualTo(60);
    assertThat(box.viewer().sees(id).json().path("version")).isEqualTo(before.path("version"));
    says(Role.ANALYST, id, "claim/heartbeat", "{'fence':1}").isProblem(409, "CLAIM_LOST");
    says(Role.ANALYST, id, "claim/release", "{}").is(200);
    assertThat(box.viewer().sees(id).text("status")).isEqualTo("OPEN");
    says(Role.ANALYST, id, "claim/heartbeat", "{'fence':%s}".formatted(fence))
        .isProblem(
            409,
            "CLAIM_LOST",
            "The claim %s is over; nobody has the exception. Maybe claim it again."
                .formatted(fence));
  }

  @Test
  void what_nobody_was_heard_of_for_is_claimable_again_and_the_old_fence_is_refused() {
    var id = reported(item());
    var queue = box.viewer().sees(id).text("queue");
    emptied(queue);
    id = reported(item());
    var first = claims(Role.ANALYST, queue, "{}").is(200);
    assertThat(first.text("id")).isEqualTo(id);
    claims(Role.SENIOR, queue, "{}").is(204);

    ranOut(id);
    var second = claims(Role.SENIOR, queue, "{}").is(200);

    assertThat(second.text("id")).isEqualTo(id);
    assertThat(second.text("assignee")).isEqualTo("senior");
    assertThat(box.viewer().events(id)).endsWith("Claimed", "ClaimExpired", "Claimed");
    var until = second.json().at("/claim/until").asText();
    var fence = first.json().at("/claim/fence").asText();
    var refused =
        new dev.signalbox.api.testkit.Person(
                box.as(Role.ANALYST).client().with("Claim-Fence", fence))
            .says(id, "write-off", json(WRITE_OFF))
            .isProblem(
                409,
                "CLAIM_LOST",
                "The claim %s is over; the exception is with senior until %s."
                    .formatted(fence, until));
    assertThat(refused.json().path("heldBy").asText()).isEqualTo("senior");
    says(Role.ANALYST, id, "claim/heartbeat", "{'fence':%s}".formatted(fence))
        .isProblem(409, "CLAIM_LOST");
  }

  @Test
  void what_is_locked_for_one_takes_nothing_from_others_until_the_claim_ends() {
    var id = reported(item().put("amount", "250000.00"));
    assertThat(box.viewer().sees(id).json().path("exclusiveLock").asBoolean()).isTrue();
    var held = says(Role.SENIOR, id, "review", "{}").is(200);
    assertThat(held.json().at("/claim/by").asText()).isEqualTo("senior");

    for (var command :
        List.of(
            "assign", "unassign", "escalate", "write-off", "claim", "review", "claim/release")) {
      var body =
          switch (command) {
            case "assign" -> "{'assignee':'ann'}";
            case "escalate" -> "{'queue':'compliance','reason':'It is odd.'}";
            case "write-off" -> WRITE_OFF;
            default -> "{}";
          };
      var refused = says(Role.COMPLIANCE, id, command, body).isProblem(423, "HELD");
      assertThat(refused.text("detail")).startsWith("The exception is with senior until 2");
      assertThat(refused.json().path("heldBy").asText()).isEqualTo("senior");
      assertThat(refused.json().path("heldUntil").asText()).isNotEmpty();
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
    }
    says(Role.COMPLIANCE, id, "comments", "{'content':'Look at the date.'}").is(201);
    ranOut(id);
    says(Role.COMPLIANCE, id, "assign", "{'assignee':'ann'}").is(200);
    assertThat(box.viewer().events(id))
        .endsWith("Claimed", "CommentAdded", "ClaimExpired", "Assigned");
  }

  @Test
  void an_approver_claims_what_he_can_approve_and_nobody_claims_his_own() {
    var id = reported(item());
    var queue = box.viewer().sees(id).text("queue");
    emptied(queue);
    id = reported(item());
    says(Role.SENIOR, id, "write-off", WRITE_OFF).is(200);

    claims(Role.SENIOR, queue, "{'for':'approval'}").is(204);
    claims(Role.APPROVER, queue, "{'for':'approval'}").is(204);
    claims(Role.APPROVER, queue, "{}").isProblem(403, "FORBIDDEN");
    claims(Role.ANALYST, queue, "{'for':'approval'}").isProblem(403, "FORBIDDEN");

    says(Role.SENIOR, id, "reject", "{'reason':'Not so.'}").is(200);
    says(Role.SENIOR, id, "unassign", "{}").is(200);
    says(Role.ANALYST, id, "write-off", WRITE_OFF).is(200);
    var claimed = claims(Role.SENIOR, queue, "{'for':'approval'}").is(200);
    assertThat(claimed.text("id")).isEqualTo(id);
    assertThat(claimed.text("status")).isEqualTo("PENDING_APPROVAL");
    says(Role.COMPLIANCE, id, "approve", "{}").isProblem(423, "HELD");
    assertThat(says(Role.SENIOR, id, "approve", "{}").is(200).text("status")).isEqualTo("RESOLVED");
  }

  @Test
  void many_who_claim_at_once_get_one_each_and_a_repeat_gets_the_same_again() throws Exception {
    var id = reported(item());
    var queue = box.viewer().sees(id).text("queue");
    emptied(queue);
    int items = 40;
    for (int i = 0; i < items; i++) {
      reported(item());
    }
    var won = new AtomicInteger();
    var got = new ConcurrentHashMap<String, String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        var key = "claim-" + i;
        threads.submit(() -> {
          var reply = box.as(Role.ANALYST).once(key).posts("/v1/queues/" + queue + "/claim", "{}");
          if (reply.status() == 200) {
            won.incrementAndGet();
            got.put(reply.text("id"), key);
          }
        });
      }
    }
    assertThat(got).hasSize(won.get());
    var ids = new ArrayList<>(got.keySet());
    while (ids.size() < items) {
      ids.add(claims(Role.ANALYST, queue, "{}").is(200).text("id"));
    }
    assertThat(new HashSet<>(ids)).hasSize(items);
    assertThat(got.size()).isGreaterThan(items / 2);
    claims(Role.ANALYST, queue, "{}").is(204);
    var one = got.entrySet().iterator().next();
    var again = box.as(Role.ANALYST).once(one.getValue());
    assertThat(again.posts("/v1/queues/" + queue + "/claim", "{}").is(200).text("id"))
        .isEqualTo(one.getKey());
  }

  @Test
  void whoever_saw_an_older_version_is_told_what_changed_since() {
    var id = reported(item());
    long seen = box.viewer().sees(id).json().path("version").asLong();
    says(Role.ANALYST, id, "claim", "{}").is(200);
    says(Role.ANALYST, id, "write-off", WRITE_OFF).is(200);

    var stale =
        box.as(Role.SENIOR)
            .ifAt(seen)
            .says(id, "assign", json("{'assignee':'ann'}"))
            .isProblem(412, "STALE");

    var events = stale.json().path("events");
    assertThat(events.findValuesAsText("type"))
        .containsExactly("Claimed", "ProposalMade", "ApprovalsDecided");
    assertThat(events.at("/0/actor").asText()).isEqualTo("person:analyst");
    var fields = stale.json().path("fields");
    assertThat(fields.at("/status/was").asText()).isEqualTo("OPEN");
    assertThat(fields.at("/status/is").asText()).isEqualTo("PENDING_APPROVAL");
    assertThat(fields.at("/assignee/was").isNull()).isTrue();
    assertThat(fields.at("/proposal/is/proposedBy").asText()).isEqualTo("analyst");
    assertThat(fields.has("version")).isFalse();
    assertThat(fields.has("amount")).isFalse();
  }
}
