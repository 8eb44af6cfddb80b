package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.testkit.Until;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The same for many exceptions, and what is posted for them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BulkIT {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String NOBODY = new UUID(1, 2).toString();

  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.posting();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static String reported() {
    return box.reporter().reports(report("bulk" + COUNT.incrementAndGet())).is(201).text("id");
  }

  private static Reply bulk(Role role, String what, List<String> ids, String more) {
    return box.as(role).posts("/v1/exceptions/bulk/" + what, body(ids, more));
  }

  private static String body(List<String> ids, String more) {
    return "{\"exceptionIds\":[%s],%s}"
        .formatted(
            ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",")),
            more.replace('\'', '"'));
  }

  private static List<String> succeeded(Reply reply) {
    return StreamSupport.stream(reply.json().path("succeeded").spliterator(), false)
        .map(id -> id.asText())
        .toList();
  }

  private static String status(String id) {
    return box.viewer().sees(id).is(200).text("status");
  }

  @Test
  void many_are_assigned_in_one_commit_and_each_is_refused_by_itself() {
    var mine = reported();
    var ids = List.of(mine, NOBODY, reported());

    var reply = bulk(Role.ANALYST, "assign", ids, "'assignee':'ben'").is(200);

    assertThat(succeeded(reply)).containsExactly(ids.get(0), ids.get(2));
    assertThat(reply.json().path("total").asInt()).isEqualTo(3);
    assertThat(reply.json().at("/failed/0/exceptionId").asText()).isEqualTo(NOBODY);
    assertThat(reply.json().at("/failed/0/code").asText()).isEqualTo("NOT_FOUND");
    assertThat(reply.json().at("/failed/0/error").asText())
        .isEqualTo("There is no exception with the id %s.".formatted(NOBODY));
    assertThat(box.viewer().sees(mine).text("assignee")).isEqualTo("ben");
  }

  @Test
  void a_hundred_are_taken_and_one_more_or_none_are_not() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      ids.add(reported());
    }
    assertThat(succeeded(bulk(Role.ANALYST, "assign", ids, "'assignee':'ben'").is(200)))
        .isEqualTo(ids);
    bulk(Role.ANALYST, "assign", Collections.nCopies(101, NOBODY), "'assignee':'ben'").is(400);
    bulk(Role.ANALYST, "assign", List.of(), "'assignee':'ben'").is(400);
  }

  @Test
  void many_are_proposed_at_once_and_rules_ask_for_approvals_of_each() {
    var ids = List.of(reported(), reported());

    var forced = bulk(Role.SENIOR, "resolve", ids, "'resolution':'Seen in the branch'").is(200);
    assertThat(succeeded(forced)).isEqualTo(ids);
    var shown = box.viewer().sees(ids.getFirst()).json();
    assertThat(shown.findValue("kind").asText()).isEqualTo("FORCE_MATCH");
    assertThat(shown.toString()).contains("Seen in the branch");

    var off = List.of(reported(), reported());
    bulk(Role.ANALYST, "resolve", off, "'resolution':'BELOW_THRESHOLD'").is(400);
    bulk(Role.ANALYST, "resolve", off, "'resolution':'split'")
        .isProblem(
            400,
            "INVALID",
            "A resolution \"split\" needs amounts, so it is proposed for one at a time.");
    var reply =
        bulk(Role.ANALYST, "resolve", off, "'resolution':'BELOW_THRESHOLD','reason':'MEMO-7'")
            .is(200);
    assertThat(succeeded(reply)).isEqualTo(off);
    for (var id : off) {
      assertThat(status(id)).isEqualTo("PENDING_APPROVAL");
      var posting = box.viewer().sees(id).json().path("posting");
      assertThat(posting.path("stage").asText()).isEqualTo("DRAFTED");
      box.as(Role.SENIOR).posts("/v1/exceptions/" + id + "/approve", "{}").is(200);
    }
    Until.holds(() -> off.stream().allMatch(id -> status(id).equals("RESOLVED")));
    var booked =
        box.as(Role.AUDITOR)
            .gets("/v1/ledger/postings?exception=" + off.getFirst())
            .is(200)
            .json()
            .path("items");
    assertThat(booked).hasSize(1);
    assertThat(booked.get(0).path("reference").asText())
        .isEqualTo(box.viewer().sees(off.getFirst()).json().at("/posting/reference").asText());
    assertThat(box.as(Role.AUDITOR).gets("/v1/ledger/balances").is(200).json().path("items"))
        .isNotEmpty();
    box.as(Role.ANALYST).gets("/v1/ledger/balances").is(403);
  }

  @Test
  void many_are_handed_over_and_the_ledger_is_no_place_to_hand_them_to() {
    var ids = List.of(reported(), reported());
    var reply = bulk(Role.OPERATOR, "dispatch", ids, "'targetSystem':'WEBHOOK'").is(200);
    assertThat(succeeded(reply)).isEqualTo(ids);
    var again = bulk(Role.OPERATOR, "dispatch", ids, "'targetSystem':'WEBHOOK'").is(200);
    assertThat(succeeded(again)).isEmpty();
    assertThat(again.json().at("/failed/1/code").asText()).isEqualTo("NOT_ALLOWED");
    bulk(Role.OPERATOR, "dispatch", ids, "'targetSystem':'ledger'")
        .isProblem(422, "NO_TARGET", "There is no target \"ledger\"; configured are [webhook].");
  }

  @Test
  void under_a_key_each_happens_once_and_the_key_is_good_for_nothing_else() {
    var ids = List.of(reported(), NOBODY);
    var ann = box.as(Role.ANALYST).once("bulk-1");
    var body = body(ids, "'assignee':'ben'");

    var first = ann.posts("/v1/exceptions/bulk/assign", body).is(200);
    box.as(Role.ANALYST).posts("/v1/exceptions/" + ids.getFirst() + "/unassign", "{}").is(200);
    var repeated = ann.posts("/v1/exceptions/bulk/assign", body).is(200);

    assertThat(repeated.json()).isEqualTo(first.json());
    assertThat(status(ids.getFirst())).isEqualTo("OPEN");
    ann.posts("/v1/exceptions/bulk/assign", body(ids, "'assignee':'sue'"))
        .isProblem(422, "KEY_REUSED");
  }
}
