package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.audit.Finding;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Rules say how somebody is chosen; rosters say of whom. A context here is routed to a queue of its
 * name.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssignmentIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String ROUND_ROBIN = ".assign(\"round-robin\")";
  private static final String LEAST_LOADED = ".assign(\"least-loaded\")";

  private static ApiBox box;
  private static Rulebook rules;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
    rules =
        TestBox.standardWith(
            "route/assigning.drl",
            "package route\n"
                + "import dev.signalbox.rules.facts.Item\n"
                + "global dev.signalbox.rules.Routing route\n"
                + rule("turns", ROUND_ROBIN)
                + rule("nodes", ROUND_ROBIN)
                + rule("absent", ROUND_ROBIN)
                + rule("nobody", ROUND_ROBIN)
                + rule("back", ROUND_ROBIN)
                + rule("loads", LEAST_LOADED)
                + rule("grave", ".requiredRole(\"SENIOR\")" + LEAST_LOADED)
                + rule("skilled", ".skill(\"fx\").assign(\"by-skill\")"),
            "");
    box.box().decideBy(rules);
  }

  @AfterAll
  static void close() {
    box.close();
    rules.close();
  }

  private static String rule(String context, String more) {
    return """
    rule "Assigned: %1$s"
      @id("assigned-%1$s")
      @owner("tests")
      @because("It is of the context %1$s.")
      salience 5000
    when
      Item( context == "%1$s" )
    then
      route.to("%1$s")%2$s;
    end
    """
        .formatted(context, more);
  }

  private static ObjectNode item(String context) {
    return report("assigned" + COUNT.incrementAndGet()).put("context", context);
  }

  private static Reply reported(String context) {
    return box.reporter().reports(item(context)).is(201);
  }

  private static String assignee(Reply reply) {
    return reply.json().path("assignee").asText("nobody");
  }

  private static Reply puts(Role role, String path, String body) {
    return box.as(role)
        .client()
        .with("Content-Type", "application/json")
        .send(HttpMethod.PUT, path, body.replace('\'', '"').getBytes(UTF_8));
  }

  private static Reply seated(String queue, String name, String body) {
    return puts(Role.ADMIN, "/v1/queues/%s/reviewers/%s".formatted(queue, name), body).is(200);
  }

  private static Reply unseated(String queue, String name) {
    return box.as(Role.ADMIN)
        .client()
        .send(HttpMethod.DELETE, "/v1/queues/%s/reviewers/%s".formatted(queue, name), new byte[0]);
  }

  private static ObjectNode roster(String queue) {
    return box.viewer().gets("/v1/queues/%s/reviewers".formatted(queue)).is(200).json();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many each has of a context. */
  private static Map<String, Integer> held(String context) {
    var held = new HashMap<String, Integer>();
    for (var one : box.viewer().lists("?limit=200&context=" + context).is(200).items()) {
      held.merge(one.path("assignee").asText("nobody"), 1, Integer::sum);
    }
    return held;
  }

  @Test
  void by_turns_everybody_gets_one_and_the_answer_and_the_journal_say_who_and_by_which_rule() {
    for (var name : List.of("ann", "bob", "cid")) {
      seated("turns", name, "{}");
    }
    var first = reported("turns");

    assertThat(first.text("status")).isEqualTo("ASSIGNED");
    assertThat(first.text("assign")).isEqualTo("round-robin");
    assertThat(first.header("ETag")).isEqualTo("\"" + first.text("version") + "\"");
    var seen = box.viewer().sees(first.text("id"));
    assertThat(seen.text("version")).isEqualTo(first.text("version"));
    assertThat(assignee(seen)).isEqualTo(assignee(first));
    var last = box.viewer().reads(first.text("id"), "history").items().getLast();
    assertThat(last.path("type").asText()).isEqualTo("Assigned");
    assertThat(last.at("/changes/rule").asText()).isEqualTo("ROUND_ROBIN");
    assertThat(last.at("/record/actor").toString())
        .isEqualTo("{\"kind\":\"component\",\"name\":\"assignment\"}");
    var explained = box.viewer().reads(first.text("id"), "explanation").is(200).body();
    assertThat(explained).contains("\"assign\":\"round-robin\"");

    box.reporter().reportsAll(IntStream.range(0, 6).mapToObj(i -> item("turns")).toList());
    reported("turns");
    reported("turns");

    assertThat(held("turns")).isEqualTo(Map.of("ann", 3, "bob", 3, "cid", 3));
  }

  @Test
  void the_least_loaded_is_whoever_has_fewest_on_any_queue_and_one_batch_counts_as_it_is_given() {
    seated("loads", "dan", "{}");
    seated("loads", "eve", "{}");
    for (int i = 0; i < 3; i++) {
      var other = box.reporter().reports(item("elsewhere")).is(201).text("id");
      box.operator().says(other, "assign", json("{'assignee':'dan'}")).is(200);
    }

    box.reporter().reportsAll(IntStream.range(0, 5).mapToObj(i -> item("loads")).toList());

    assertThat(held("loads")).isEqualTo(Map.of("eve", 4, "dan", 1));
    var heldNow = new HashMap<String, Integer>();
    for (var seat : roster("loads").path("reviewers")) {
      heldNow.put(seat.path("reviewer").asText(), seat.path("held").asInt());
    }
    assertThat(heldNow).isEqualTo(Map.of("dan", 4, "eve", 4));
  }

  @Test
  void a_skill_is_needed_and_of_those_who_have_it_who_knows_least_else_comes_first() {
    seated("skilled", "fay", "{'skills':['fx','cards']}");
    seated("skilled", "gus", "{'skills':['fx']}");
    seated("skilled", "hal", "{'skills':['cards']}");

    var given = IntStream.range(0, 4).mapToObj(i -> assignee(reported("skilled"))).toList();

    assertThat(given).containsExactly("gus", "fay", "gus", "fay");
  }

  @Test
  void who_lacks_the_role_or_does_not_see_the_context_is_chosen_for_nothing() {
    seated("grave", "ida", "{'roles':['ANALYST']}");
    seated("grave", "joe", "{}");
    seated("grave", "kim", "{'roles':['SENIOR'],'contexts':['elsewhere']}");
    assertThat(reported("grave").text("status")).isEqualTo("OPEN");

    seated("grave", "kim", "{'roles':['SENIOR'],'contexts':['elsewhere','grave']}");

    assertThat(assignee(reported("grave"))).isEqualTo("kim");
  }

  @Test
  void where_nobody_can_be_chosen_it_waits_on_its_queue_like_any_other() {
    var before = reported("nobody");
    assertThat(before.text("status")).isEqualTo("OPEN");
    assertThat(before.text("assign")).isEqualTo("round-robin");
    assertThat(box.viewer().events(before.text("id"))).doesNotContain("Assigned");

    seated("nobody", "lea", "{'away':true}");
    assertThat(reported("nobody").text("status")).isEqualTo("OPEN");
    seated("nobody", "lea", "{'away':false}");
    assertThat(assignee(reported("nobody"))).isEqualTo("lea");
    unseated("nobody", "lea").is(200);
    unseated("nobody", "lea").isProblem(404, "NOT_FOUND");
    assertThat(reported("nobody").text("status")).isEqualTo("OPEN");

    for (int i = 0; i < 3; i++) {
      var claimed = box.as(Role.ANALYST).posts("/v1/queues/nobody/claim", "{}").is(200);
      assertThat(assignee(claimed)).isEqualTo("analyst");
    }
  }

  @Test
  void whoever_says_that_he_is_away_is_passed_over_until_he_is_back() {
    seated("absent", "analyst", "{}");
    seated("absent", "mia", "{}");
    puts(Role.ANALYST, "/v1/me/away", "{'away':true}").is(200);
    assertThat(assignee(reported("absent"))).isEqualTo("mia");
    assertThat(assignee(reported("absent"))).isEqualTo("mia");
    // What is said of the place does not bring him back.
    assertThat(seated("absent", "analyst", "{'skills':['fx']}").json().path("away").asBoolean())
        .isTrue();

    var back = puts(Role.ANALYST, "/v1/me/away", "{'away':false}").is(200);

    assertThat(back.json().at("/places/0/queue").asText()).isEqualTo("absent");
    assertThat(assignee(reported("absent"))).isEqualTo("analyst");
    assertThat(assignee(reported("absent"))).isEqualTo("mia");
    var kinds =
        StreamSupport.stream(roster("absent").path("events").spliterator(), false)
            .map(event -> event.path("actor").asText() + " " + event.path("away").asBoolean())
            .toList();
    assertThat(kinds)
        .containsExactly(
            "person:analyst false",
            "person:admin true",
            "person:analyst true",
            "person:admin false",
            "person:admin false");
  }

  @Test
  void what_comes_back_or_goes_up_is_given_again_and_what_somebody_puts_back_stays_there() {
    seated("back", "ned", "{}");
    seated("back", "ona", "{}");
    seated("above", "ned", "{}");
    seated("above", "pia", "{}");
    var id = reported("back").text("id");
    box.operator().dispatches(id, "webhook").is(200);
    box.operator()
        .once("reopened")
        .says(
            id,
            "callback",
            json("{'externalSystem':'webhook','status':'REOPENED','externalIssueId':'X-1'}"))
        .is(200);
    var reopened = box.viewer().sees(id);
    assertThat(reopened.text("status")).isEqualTo("ASSIGNED");
    assertThat(assignee(reopened)).isEqualTo("ona");

    var unassigned = box.operator().says(id, "unassign", json("{}")).is(200);
    assertThat(unassigned.text("status")).isEqualTo("OPEN");

    box.operator().dispatches(id, "webhook").is(200);
    var caseId = CaseId.parse(id);
    var dispatch = requireNonNull(box.box().state(caseId).pending()).id();
    box.box().say(caseId, new CaseCommand.RecordDeliveryFailure(dispatch, "It said 400."));
    assertThat(assignee(box.viewer().sees(id))).isEqualTo("ned");

    var escalated =
        box.operator().says(id, "escalate", json("{'queue':'above','reason':'Odd.'}")).is(200);
    assertThat(escalated.text("status")).isEqualTo("ASSIGNED");
    assertThat(escalated.text("escalationLevel")).isEqualTo("1");
    assertThat(assignee(escalated)).isEqualTo("pia");
    var higher =
        box.operator().says(id, "escalate", json("{'queue':'peak','reason':'Odd.'}")).is(200);
    assertThat(higher.text("status")).isEqualTo("ESCALATED");
  }

  @Test
  void on_two_nodes_at_once_no_turn_is_lost_and_none_is_given_twice() throws Exception {
    var people = List.of("qi", "ray", "sue", "tom");
    people.forEach(name -> seated("nodes", name, "{}"));
    var other = TestBox.on(box.box().postgres());
    other.decideBy(rules);
    int each = 60;
    var coming = new ArrayList<CompletableFuture<Reply>>();
    try (var node = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < each / 3; i++) {
        int number = i;
        node.submit(() ->
            other.reportAll(
                IntStream.range(0, 3)
                    .mapToObj(n ->
                        Reports.report("n" + number + "-" + n, TestBox.START).in("nodes").build())
                    .toList()));
      }
      for (int i = 0; i < each; i++) {
        coming.add(
            box.reporter()
                .client()
                .with("Content-Type", "application/json")
                .sending(
                    HttpMethod.POST, "/v1/exceptions", item("nodes").toString().getBytes(UTF_8)));
      }
    }
    for (var one : coming) {
      assertThat(ApiClient.await(one).is(201).text("status")).isEqualTo("ASSIGNED");
    }
    assertThat(held("nodes")).isEqualTo(Map.of("qi", 30, "ray", 30, "sue", 30, "tom", 30));
    var turns =
        box
            .box()
            .postgres()
            .database()
            .read(tx -> tx.query("SELECT turn FROM roster WHERE queue = 'nodes' ORDER BY turn"))
            .stream()
            .map(row -> row.int64("turn"))
            .toList();
    assertThat(turns).containsExactly(117L, 118L, 119L, 120L);
    assertThat(other.report(Reports.report("n-last", TestBox.START).in("nodes").build()))
        .isInstanceOf(Receipt.Done.class);
  }

  @Test
  void a_roster_says_nothing_of_somebody_that_the_key_of_the_name_denies() {
    var auditor = puts(Role.ADMIN, "/v1/queues/any/reviewers/auditor", "{}");
    auditor.isProblem(
        422,
        "NO_REVIEWER",
        "The key of auditor is that of one of AUDITOR, who works on no exceptions.");
    puts(Role.ADMIN, "/v1/queues/any/reviewers/analyst", "{'roles':['SENIOR']}")
        .isProblem(422, "OTHER_ROLE");
    puts(Role.ADMIN, "/v1/queues/any/reviewers/x", "{'skills':['a\\nb']}")
        .isProblem(400, "INVALID");
    puts(Role.ADMIN, "/v1/queues/any/reviewers/%20x", "{}").isProblem(400, "INVALID");
    puts(Role.ADMIN, "/v1/queues/any/reviewers/x", "{'role':'SENIOR'}").isProblem(400, "INVALID");
    assertThat(roster("any").path("reviewers")).isEmpty();

    var senior = puts(Role.SENIOR, "/v1/queues/any/reviewers/senior", "{}").is(200);
    puts(Role.SENIOR, "/v1/queues/any/reviewers/senior", "{}").is(200);

    assertThat(senior.json().path("roles").toString()).isEqualTo("[\"SENIOR\"]");
    assertThat(roster("any").path("events")).hasSize(1);
    unseated("any", "senior").is(200);
    assertThat(seated("any", "CORP%2Fann%20b@example.com", "{}").text("reviewer"))
        .isEqualTo("CORP/ann b@example.com");
    unseated("any", "CORP%2Fann%20b@example.com").is(200);
  }

  @Test
  void a_roster_that_was_changed_by_force_does_not_fit() {
    seated("forced", "uma", "{'skills':['fx']}");
    assertThat(verified().isClean()).isTrue();
    var number = verified().rosterEvents();
    var changes =
        Arrays.asList(
            "UPDATE roster SET away = true WHERE queue = 'forced'",
            "UPDATE roster SET away = false WHERE queue = 'forced'",
            "INSERT INTO roster (queue, reviewer, skills, roles, away)"
                + " VALUES ('forced', 'eve', '{}', '{}', false)",
            "DELETE FROM roster WHERE reviewer = 'eve' AND queue = 'forced'");
    var found = new ArrayList<String>();
    for (var change : changes) {
      box.box().postgres().asSuperuser().inTransaction(tx -> tx.update(change));
      var first = verified().first();
      found.add(first == null ? "" : requireNonNull(first).seq() + " " + first.what());
    }
    assertThat(found)
        .containsExactly(
            number + " uma is not on the roster of forced as the row says.",
            "",
            "0 Nothing says who put eve on the roster of forced.",
            "");
  }

  private Finding verified() {
    return new AuditVerify(box.box().postgres().database(), new JournalReader(box.box().keys()))
        .run(progress -> {});
  }
}
