package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Many proposals that are approved as one, or not at all. Each test has a context of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BatchIT {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String BATCHES = "/v1/approval-batches";

  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.posting();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  /** An exception for which somebody proposed a write-off. */
  private static String proposed(String context, Role by, String currency) {
    var report =
        report("batch" + COUNT.incrementAndGet())
            .put("context", context)
            .put("currency", currency)
            .put("amount", "300.00");
    var id = box.reporter().reports(report).is(201).text("id");
    box.as(by)
        .posts(
            "/v1/exceptions/" + id + "/write-off",
            "{\"reason\":\"CANCELLED\",\"notes\":\"Gone.\",\"referenceDocument\":\"DOC-7\"}")
        .is(200);
    return id;
  }

  private static String proposed(String context) {
    return proposed(context, Role.ANALYST, "EUR");
  }

  private static Reply built(String context) {
    return box.as(Role.SENIOR).posts(BATCHES, "{\"context\":\"%s\"}".formatted(context)).is(200);
  }

  private static Reply says(Role role, Reply batch, String what, String body) {
    return box.as(role)
        .ifAt(batch.json().path("version").asLong())
        .posts(BATCHES + "/" + batch.text("id") + "/" + what, body);
  }

  private static String status(String id) {
    return box.viewer().sees(id).is(200).text("status");
  }

  private static List<String> errors(Reply reply) {
    var errors = new ArrayList<String>();
    reply
        .json()
        .path("errors")
        .forEach(error ->
            errors.add(error.path("pointer").asText() + " " + error.path("code").asText()));
    return errors;
  }

  @Test
  void a_batch_is_approved_as_one_and_each_journal_names_it() {
    var ids = List.of(proposed("one"), proposed("one"), proposed("one"));
    proposed("another");
    var batch = built("one");
    assertThat(batch.json().path("size").asInt()).isEqualTo(3);
    assertThat(batch.json().at("/preflight/problems")).isEmpty();
    assertThat(batch.json().at("/preflight/totals/0/account").asText()).isEqualTo("1999");
    assertThat(batch.json().at("/preflight/totals/0/amount").asText()).isEqualTo("900.00");

    var approved = says(Role.SENIOR, batch, "approve", "{\"note\":\"Seen.\"}").is(200);

    assertThat(approved.text("status")).isEqualTo("APPROVED");
    assertThat(approved.text("decidedBy")).isEqualTo("senior");
    Until.holds(() -> ids.stream().allMatch(id -> status(id).equals("RESOLVED")));
    for (var id : ids) {
      assertThat(box.viewer().reads(id, "history").is(200).json().toString())
          .contains(batch.text("id"));
    }
    says(Role.SENIOR, approved, "approve", "{}").isProblem(422, "DECIDED");
  }

  @Test
  void whatever_changed_since_is_named_and_nothing_of_the_batch_is_approved() {
    var ids = List.of(proposed("two"), proposed("two"));
    var batch = built("two");
    box.as(Role.SENIOR)
        .posts("/v1/exceptions/" + ids.getFirst() + "/reject", "{\"reason\":\"Look again.\"}")
        .is(200);

    var refused = says(Role.SENIOR, batch, "approve", "{}").is(422);

    assertThat(refused.text("code")).isEqualTo("BATCH_REFUSED");
    assertThat(errors(refused)).containsExactly("/" + ids.getFirst() + " CHANGED");
    assertThat(status(ids.getLast())).isEqualTo("PENDING_APPROVAL");

    var rest =
        says(
                Role.SENIOR,
                batch,
                "exclude",
                "{\"exceptionIds\":[\"%s\"],\"reason\":\"Changed.\"}".formatted(ids.getFirst()))
            .is(200);
    says(Role.SENIOR, batch, "approve", "{}").isProblem(412, "STALE");
    says(Role.SENIOR, rest, "approve", "{}").is(200);
    Until.holds(() -> status(ids.getLast()).equals("RESOLVED"));
    assertThat(status(ids.getFirst())).isEqualTo("UNDER_REVIEW");
  }

  @Test
  void each_item_is_put_to_the_rules_again_before_it_is_approved_among_many() {
    var id = proposed("again");
    var batch = built("again");
    assertThat(batch.json().at("/preflight/problems")).isEmpty();
    try (var stricter =
        TestBox.standardBut(
            "approve/approvals.drl",
            """
            Item( $senior : parameters.role("senior") )
              Proposal( kind == ResolutionKind.WRITE_OFF )
            then
            """,
            """
            Item( $senior : parameters.role("senior"), $more : parameters.role("compliance") )
              Proposal( kind == ResolutionKind.WRITE_OFF )
            then
              approve.by($more);
            """)) {
      box.box().decideBy(stricter);
      var refused = says(Role.SENIOR, batch, "approve", "{}").is(422);
      assertThat(errors(refused)).containsExactly("/" + id + " RULES_ASK_MORE");
      assertThat(refused.json().at("/errors/0/detail").asText()).contains("COMPLIANCE");
      assertThat(status(id)).isEqualTo("PENDING_APPROVAL");
    } finally {
      box.box().decideBy(TestBox.rules());
    }
    says(Role.SENIOR, batch, "approve", "{}").is(200);
    Until.holds(() -> status(id).equals("RESOLVED"));
  }

  @Test
  void nobody_approves_an_own_proposal_within_a_batch() {
    var own = proposed("three", Role.SENIOR, "EUR");
    var other = proposed("three");
    var batch = built("three");
    assertThat(batch.json().at("/preflight/problems/0/code").asText()).isEqualTo("OWN_PROPOSAL");

    var refused = says(Role.SENIOR, batch, "approve", "{}").is(422);

    assertThat(errors(refused)).containsExactly("/" + own + " OWN_PROPOSAL");
    assertThat(status(other)).isEqualTo("PENDING_APPROVAL");
    assertThat(errors(says(Role.APPROVER, batch, "approve", "{}").is(422)))
        .containsExactlyInAnyOrder("/" + own + " ROLE_NEEDED", "/" + other + " ROLE_NEEDED");
    says(Role.ANALYST, batch, "approve", "{}").is(403);
  }

  @Test
  void what_a_batch_moves_is_limited_by_currency_and_by_account() {
    for (int i = 0; i < 4; i++) {
      proposed("four", Role.ANALYST, "CHF");
    }
    var batch = built("four");
    var refused = says(Role.SENIOR, batch, "approve", "{}").is(422);
    assertThat(errors(refused)).containsExactly(" LIMIT", " LIMIT");
    assertThat(refused.json().at("/errors/0/detail").asText())
        .isEqualTo(
            "The batch moves 1200.00 CHF on the account 1999, and 1000.00 may be moved at once."
                + " Maybe exclude some.");
    proposed("five", Role.ANALYST, "SEK");
    proposed("five", Role.ANALYST, "SEK");
    var account = says(Role.SENIOR, built("five"), "approve", "{}").is(422);
    assertThat(account.json().at("/errors/0/detail").asText()).contains("600.00 SEK", "6900");
  }

  @Test
  void a_rejected_batch_goes_back_to_who_proposed_and_an_empty_one_is_none() {
    var ids = List.of(proposed("six"), proposed("six"));
    var batch = built("six");
    says(Role.SENIOR, batch, "reject", "{\"reason\":\"Wrong month.\"}").is(200);
    for (var id : ids) {
      assertThat(status(id)).isEqualTo("UNDER_REVIEW");
      assertThat(box.viewer().sees(id).text("assignee")).isEqualTo("analyst");
    }
    var none = box.as(Role.SENIOR).posts(BATCHES, "{\"context\":\"nowhere\"}").is(422);
    assertThat(errors(none)).containsExactly(" EMPTY");
    assertThat(box.as(Role.SENIOR).gets(BATCHES).is(200).json().path("items")).isNotEmpty();
  }

  @Test
  void of_many_who_approve_at_once_under_keys_of_their_own_one_does_and_all_know_it()
      throws Exception {
    var ids = Stream.generate(() -> proposed("seven")).limit(10).toList();
    var batch = built("seven");
    var calls = new ArrayList<Callable<Reply>>();
    for (int i = 0; i < 8; i++) {
      var key = "approve-" + i / 2;
      calls.add(() ->
          box.as(i(key) % 2 == 0 ? Role.SENIOR : Role.ADMIN)
              .once(key)
              .posts(BATCHES + "/" + batch.text("id") + "/approve", "{}"));
    }
    var answers = new ArrayList<Reply>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
    }

    assertThat(answers).extracting(Reply::status).contains(200).isSubsetOf(200, 409, 412, 422);
    Until.holds(() -> ids.stream().allMatch(id -> status(id).equals("RESOLVED")));
    for (var id : ids) {
      assertThat(box.viewer().events(id)).containsOnlyOnce("ApprovalGiven", "LedgerPosted");
    }
  }

  private static int i(String key) {
    return Integer.parseInt(key.substring(key.length() - 1));
  }
}
