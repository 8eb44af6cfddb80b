package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Person;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whoever is limited to contexts or queues sees and touches those only. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SightIT {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private static ApiBox box;
  private static String here;
  private static String there;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
    here = reported("ledger-a");
    there = reported("ledger-b");
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static String reported(String context) {
    var report = report("sight" + COUNT.incrementAndGet()).put("context", context);
    return box.reporter().reports(report).is(201).text("id");
  }

  private static Person limited(Role role, String field, String... names) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "limited-" + COUNT.incrementAndGet())
            .put("role", role.name())
            .put("why", "For a test.");
    List.of(names).forEach(body.putArray(field)::add);
    var made = box.as(Role.ADMIN).posts("/v1/keys", body.toString()).is(200);
    assertThat(made.json().path(field)).hasSize(names.length);
    return new Person(box.anybody().with("Authorization", "Bearer " + made.text("key")));
  }

  private static List<String> contexts(Person person) {
    return person.lists("?limit=200").is(200).items().stream()
        .map(item -> item.path("context").asText())
        .distinct()
        .toList();
  }

  @Test
  void another_context_is_not_there_to_read_or_to_command() {
    var ann = limited(Role.ANALYST, "contexts", "ledger-a");

    assertThat(contexts(ann)).containsExactly("ledger-a");
    assertThat(contexts(box.as(Role.ANALYST))).contains("ledger-a", "ledger-b");
    ann.sees(here).is(200);
    for (var what : List.of("history", "explanation", "question")) {
      ann.reads(here, what).is(200);
      ann.reads(there, what).isProblem(404, "NOT_FOUND");
    }
    ann.sees(there)
        .isProblem(404, "NOT_FOUND", "There is no exception with the id %s.".formatted(there));
    ann.says(there, "review", NOTHING).isProblem(404, "NOT_FOUND");
    assertThat(box.viewer().sees(there).text("status")).isEqualTo("OPEN");
    ann.says(here, "review", NOTHING).is(200);
  }

  @Test
  void another_queue_is_not_there_and_what_leaves_the_queue_goes_out_of_sight() {
    var id = reported("ledger-c");
    var queue = box.viewer().sees(id).text("queue");
    var ann = limited(Role.ANALYST, "queues", queue);
    var sue = limited(Role.SENIOR, "queues", "elsewhere");

    sue.sees(id).isProblem(404, "NOT_FOUND");
    sue.says(id, "review", NOTHING).isProblem(404, "NOT_FOUND");
    var up = JsonNodeFactory.instance.objectNode().put("queue", "elsewhere").put("reason", "Odd.");
    ann.says(id, "escalate", up).is(200);
    ann.sees(id).isProblem(404, "NOT_FOUND");
    sue.says(id, "review", NOTHING).is(200);
  }

  @Test
  void a_reporter_of_one_context_is_told_that_another_is_not_his() {
    var bank = limited(Role.REPORTER, "contexts", "ledger-a");

    bank.reports(report("mine" + COUNT.incrementAndGet()).put("context", "ledger-a")).is(201);
    bank.reports(report("other" + COUNT.incrementAndGet()).put("context", "ledger-b"))
        .isProblem(
            403,
            "OUT_OF_REACH",
            "The caller does not reach the context \"ledger-b\". Maybe the report names another"
                + " one.");
    bank.clears(there, "It is here.").isProblem(404, "NOT_FOUND");
  }

  @Test
  void what_is_about_everything_is_for_nobody_with_limits() {
    limited(Role.AUDITOR, "contexts", "ledger-a")
        .client()
        .get("/v1/audit/verify")
        .isProblem(403, "FORBIDDEN");
    var body =
        "{\"name\":\"half\",\"role\":\"ADMIN\",\"why\":\"For a test.\",\"contexts\":[\"ledger-a\"]}";
    box.as(Role.ADMIN).posts("/v1/keys", body).isProblem(422, "LIMITED_ADMIN");
  }

  @Test
  void dead_letters_are_those_of_what_is_in_sight() {
    var ops = limited(Role.OPERATOR, "contexts", "ledger-a");
    var unroutable = report("dead" + COUNT.incrementAndGet()).put("context", "ledger-b");
    var id = box.reporter().reports(unroutable).is(201).text("id");
    box.box()
        .postgres()
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                "INSERT INTO dead_letter (id, kind, case_id, reason) VALUES"
                    + " (gen_random_uuid(), 'CASE', ?::uuid, 'For a test.')",
                id));
    var letter = box.operator().client().get("/v1/dead-letters").is(200).items().getFirst();

    assertThat(letter.path("exceptionId").asText()).isEqualTo(id);
    assertThat(ops.client().get("/v1/dead-letters").is(200).items()).isEmpty();
    ops.client().get("/v1/dead-letters/" + letter.path("id").asText()).isProblem(404, "NOT_FOUND");
    var all = ops.posts("/v1/dead-letters/redrive", "{\"dryRun\":true}").is(200);
    assertThat(all.json().path("matched").asInt()).isZero();
  }
}
