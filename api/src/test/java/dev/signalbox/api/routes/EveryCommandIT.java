package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.access.Permission;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Every role, every command to an exception, and whose the exception is: one table of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryCommandIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What comes of a command where the role has its permission, by who has the exception: the word
   * ok, or the code of the refusal.
   *
   * @param free nobody has it
   * @param own the caller has it
   * @param others somebody else has it
   */
  private record Row(String command, String body, String free, String own, String others) {
    String expected(Whose whose) {
      return switch (whose) {
        case FREE -> free;
        case OWN -> own;
        case OTHERS -> others;
      };
    }
  }

  private enum Whose {
    FREE,
    OWN,
    OTHERS
  }

  private static final List<Row> TABLE =
      List.of(
          new Row("assign", "{'assignee':'bob'}", "ok", "ok", "ok"),
          new Row("unassign", "{}", "NOT_ALLOWED", "ok", "ok"),
          new Row("review", "{}", "ok", "ok", "HELD"),
          new Row("claim", "{}", "ok", "ok", "HELD"),
          new Row(
              "force-match", "{'overrideReason':'Seen','notes':'By hand.'}", "ok", "ok", "HELD"),
          new Row(
              "adjust-entry",
              "{'reasonCode':'BANK_FEE','notes':'A fee.','amount':'1','currency':'EUR',"
                  + "'effectiveAt':'2026-03-31T00:00:00Z'}",
              "ok",
              "ok",
              "HELD"),
          new Row(
              "write-off",
              "{'reason':'CANCELLED','notes':'Gone.','referenceDocument':'DOC-7'}",
              "ok",
              "ok",
              "HELD"),
          new Row(
              "split",
              "{'splits':[{'amount':'60','currency':'EUR','target':'4711'},"
                  + "{'amount':'40','currency':'EUR','target':'4712'}]}",
              "ok",
              "ok",
              "HELD"),
          new Row("known-difference", "{'note':'Known.'}", "ok", "ok", "HELD"),
          new Row("approve", "{}", "NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED"),
          new Row("reject", "{'reason':'No.'}", "NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED"),
          new Row("escalate", "{'queue':'senior','reason':'Large.'}", "ok", "ok", "ok"),
          new Row("comments", "{'content':'Look at this.'}", "ok", "ok", "ok"),
          new Row("disputes", "{'category':'OTHER','description':'Theirs.'}", "ok", "ok", "ok"),
          new Row("dispatch", "{'targetSystem':'JIRA'}", "ok", "ok", "ok"),
          new Row("clear", "{}", "ok", "ok", "ok"),
          new Row("redrive", "{}", "NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED"),
          new Row("holds", "{'reason':'Wait.'}", "ok", "ok", "ok"),
          // The standard rules let nothing rest.
          new Row(
              "snooze",
              "{'until':'2026-03-03T00:00:00Z','reason':'They write.'}",
              "NOT_SNOOZABLE",
              "NOT_SNOOZABLE",
              "NOT_SNOOZABLE"),
          new Row("wake", "{}", "ok", "ok", "ok"));

  /** What needs more than a body, and has tests of its own. */
  private static final List<String> ELSEWHERE = List.of("callback");

  private static ApiBox box;
  private static final AtomicInteger COUNT = new AtomicInteger();

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static String reported() {
    return box.reporter().reports(report("every" + COUNT.incrementAndGet())).is(201).text("id");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static String item(Role role, Whose whose) {
    var id = reported();
    switch (whose) {
      case FREE -> {}
      case OWN -> assigned(id, name(role));
      case OTHERS -> assigned(id, "carla");
    }
    return id;
  }

  private static void assigned(String id, String to) {
    box.operator().says(id, "assign", JSON.createObjectNode().put("assignee", to)).is(200);
  }

  private static JsonNode paths() {
    return box.anybody().contract().contract().path("paths");
  }

  private static Permission needed(String command) {
    return Permission.valueOf(
        paths().at("/~1v1~1exceptions~1{id}~1" + command + "/post/x-permission").asText());
  }

  private static String outcome(Reply reply) {
    return reply.status() < 300 ? "ok" : reply.text("code");
  }

  @Test
  void every_command_to_an_exception_stands_in_the_table() {
    var commands = new TreeSet<String>();
    for (var path : paths().properties()) {
      if (path.getKey().matches("/v1/exceptions/\\{id}/[\\w-]+") && path.getValue().has("post")) {
        commands.add(path.getKey().substring(path.getKey().lastIndexOf('/') + 1));
      }
    }
    ELSEWHERE.forEach(commands::remove);

    assertThat(TABLE.stream().map(Row::command)).containsExactlyInAnyOrderElementsOf(commands);
  }

  @Test
  void each_role_may_with_its_own_and_with_others_exceptions_what_the_table_says() {
    var surprises = new ArrayList<String>();
    int cells = 0;
    for (var row : TABLE) {
      var needed = needed(row.command());
      for (var role : Role.values()) {
        for (var whose : Whose.values()) {
          var id = item(role, whose);
          var before = box.viewer().sees(id).text("version");
          var reply = box.as(role).says(id, row.command(), json(row.body()));
          var expected = needed.roles().contains(role) ? row.expected(whose) : "FORBIDDEN";
          if (!outcome(reply).equals(expected)) {
            surprises.add("%s %s %s: %s".formatted(role, row.command(), whose, outcome(reply)));
          }
          if (!expected.equals("ok") && !box.viewer().sees(id).text("version").equals(before)) {
            surprises.add(
                "%s %s %s was refused and changed it.".formatted(role, row.command(), whose));
          }
          cells++;
        }
      }
    }
    System.out.printf("roles x commands x whose: %d, surprises %d%n", cells, surprises.size());
    assertThat(surprises).isEmpty();
  }

  /** A write-off of what is not large needs a senior, whoever proposes it. */
  @Test
  void each_role_may_with_its_own_and_with_others_proposals_what_approvals_ask_for() {
    var surprises = new ArrayList<String>();
    for (var command : List.of("approve", "reject")) {
      for (var role : Role.values()) {
        for (var whose : List.of(Whose.OWN, Whose.OTHERS)) {
          var by = whose == Whose.OWN ? role : role == Role.ANALYST ? Role.SENIOR : Role.ANALYST;
          if (!Permission.REVIEW.roles().contains(by)) {
            continue;
          }
          var id = reported();
          box.as(by).says(id, "write-off", body("write-off")).is(200);
          var reply = box.as(role).says(id, command, body(command));
          var expected = ofProposal(command, role, whose);
          if (!outcome(reply).equals(expected)) {
            surprises.add("%s %s %s: %s".formatted(role, command, whose, outcome(reply)));
          }
        }
      }
    }
    assertThat(surprises).isEmpty();
  }

  private static JsonNode body(String command) {
    return json(
        TABLE.stream()
            .filter(row -> row.command().equals(command))
            .findFirst()
            .orElseThrow()
            .body());
  }

  private static String ofProposal(String command, Role role, Whose whose) {
    if (!Permission.APPROVE.roles().contains(role)) {
      return "FORBIDDEN";
    }
    if (whose == Whose.OWN) {
      return command.equals("approve") ? "OWN_PROPOSAL" : "ok";
    }
    return role == Role.SENIOR ? "ok" : "ROLE_NEEDED";
  }
}
