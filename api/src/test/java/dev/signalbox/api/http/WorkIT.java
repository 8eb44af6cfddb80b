package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Authority;
import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People take exceptions, settle them, and approve what others propose. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String WRITE_OFF =
      "{'reason':'CANCELLED','notes':'Gone.','referenceDocument':'DOC-7'}";
  private static final String FEE =
      "{'reasonCode':'BANK_FEE','notes':'The fee of March.','amount':'%s','currency':'EUR',"
          + "'effectiveAt':'2026-03-31T00:00:00Z'}";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.within(new Authority(Map.of(Role.ANALYST, new BigDecimal("1000000000"))));
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static String reported(ObjectNode report) {
    return box.reporter().reports(report).is(201).text("id");
  }

  private static String reported() {
    return reported(report("work" + COUNT.incrementAndGet()));
  }

  private static Reply says(Role role, String id, String command, String body) {
    return box.as(role).says(id, command, json(body));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_analyst_takes_an_item_proposes_a_write_off_and_a_senior_approves_it() {
    var id = reported();
    var taken = says(Role.ANALYST, id, "review", "{}").is(200);
    assertThat(taken.text("status")).isEqualTo("UNDER_REVIEW");
    assertThat(taken.text("assignee")).isEqualTo("analyst");

    var proposed = says(Role.ANALYST, id, "write-off", WRITE_OFF).is(200);
    assertThat(proposed.text("status")).isEqualTo("PENDING_APPROVAL");
    assertThat(proposed.json().at("/proposal/proposedBy").asText()).isEqualTo("analyst");
    assertThat(proposed.json().at("/proposal/approvalsNeeded/0/role").asText()).isEqualTo("SENIOR");
    assertThat(proposed.json().at("/proposal/resolution/kind").asText()).isEqualTo("WRITE_OFF");

    var approved = says(Role.SENIOR, id, "approve", "{'note':'Seen.'}").is(200);
    assertThat(approved.text("status")).isEqualTo("RESOLVED");
    assertThat(approved.json().has("proposal")).isFalse();
    assertThat(approved.json().at("/resolution/referenceDocument").asText()).isEqualTo("DOC-7");
    assertThat(box.viewer().events(id))
        .endsWith("ReviewStarted", "ProposalMade", "ApprovalsDecided", "ApprovalGiven", "Resolved");
  }

  @Test
  void whoever_proposed_never_approves_and_neither_does_somebody_without_the_role() {
    var id = reported();
    says(Role.SENIOR, id, "write-off", WRITE_OFF).is(200);

    says(Role.SENIOR, id, "approve", "{}")
        .isProblem(
            403,
            "OWN_PROPOSAL",
            "senior proposed the resolution, so somebody else has to approve it.");
    says(Role.APPROVER, id, "approve", "{}")
        .isProblem(
            403, "ROLE_NEEDED", "Only somebody with the role SENIOR approves this resolution.");
    says(Role.ANALYST, id, "approve", "{}").isProblem(403, "FORBIDDEN");
    assertThat(box.viewer().sees(id).text("status")).isEqualTo("PENDING_APPROVAL");
  }

  @Test
  void what_rules_ask_nobody_for_holds_at_once_also_where_nobody_had_taken_it() {
    var id = reported();

    var settled = says(Role.ANALYST, id, "adjust-entry", FEE.formatted("12.50")).is(200);

    assertThat(settled.text("status")).isEqualTo("RESOLVED");
    assertThat(settled.text("assignee")).isEqualTo("analyst");
    assertThat(settled.json().at("/resolution/adjustmentType").asText()).isEqualTo("BANK_FEE");
    assertThat(settled.json().at("/resolution/amount").asText()).isEqualTo("12.50");
    var large = reported();
    assertThat(
            says(Role.ANALYST, large, "adjust-entry", FEE.formatted("1000.01"))
                .is(200)
                .text("status"))
        .isEqualTo("PENDING_APPROVAL");
  }

  @Test
  void what_is_above_the_limit_of_a_role_needs_the_next_one() {
    var id = reported(report("large").put("amount", "1000000000.01"));

    for (var command : List.of("review", "write-off")) {
      says(Role.ANALYST, id, command, command.equals("review") ? "{}" : WRITE_OFF)
          .isProblem(
              403,
              "ABOVE_LIMIT",
              "The exception is worth 1000000000.01, and the limit of the caller is 1000000000;"
                  + " it needs somebody with the role SENIOR or COMPLIANCE or APPROVER.");
    }
    box.as(Role.ANALYST).posts("/v1/queues/senior/claim", "{}").is(204);
    says(Role.SENIOR, id, "review", "{}").is(200);
  }

  @Test
  void a_reason_of_the_callers_own_is_kept_in_its_words() {
    var id = reported();

    var settled =
        says(Role.ANALYST, id, "adjust-entry", FEE.formatted("1").replace("BANK_FEE", "Zinsen"));

    assertThat(settled.is(200).json().at("/resolution/adjustmentType").asText()).isEqualTo("OTHER");
    assertThat(settled.json().at("/resolution/reason").asText()).isEqualTo("Zinsen");
  }

  @Test
  void what_somebody_has_nobody_else_takes_or_settles() {
    var id = reported();
    says(Role.SENIOR, id, "assign", "{'assignee':'ann'}").is(200);

    for (var command : List.of("review", "write-off")) {
      says(Role.ANALYST, id, command, command.equals("review") ? "{}" : WRITE_OFF)
          .isProblem(
              423,
              "HELD",
              "The exception is with ann. Maybe ask for it, or have it assigned to you.");
    }
    says(Role.SENIOR, id, "unassign", "{}").is(200);
    assertThat(says(Role.ANALYST, id, "review", "{}").is(200).text("assignee"))
        .isEqualTo("analyst");
  }

  @Test
  void what_is_sent_back_is_with_its_proposer_again() {
    var id = reported();
    says(Role.ANALYST, id, "write-off", WRITE_OFF).is(200);

    var back = says(Role.SENIOR, id, "reject", "{'reason':'Ask the bank first.'}").is(200);

    assertThat(back.text("status")).isEqualTo("UNDER_REVIEW");
    assertThat(back.text("assignee")).isEqualTo("analyst");
    assertThat(back.json().has("proposal")).isFalse();
    says(Role.SENIOR, id, "approve", "{}").isProblem(422, "NOT_ALLOWED");
  }

  @Test
  void only_compliance_works_on_a_restricted_party() {
    var party = JSON.createObjectNode().put("id", "cp-9").put("restricted", true);
    var id = reported(report("work" + COUNT.incrementAndGet()).set("counterparty", party));

    says(Role.SENIOR, id, "review", "{}")
        .isProblem(
            403, "ROLE_NEEDED", "Only somebody with the role COMPLIANCE works on this exception.");
    says(Role.COMPLIANCE, id, "review", "{}").is(200);
  }

  @Test
  void an_escalated_item_leaves_its_holder_for_the_higher_queue() {
    var id = reported();
    says(Role.ANALYST, id, "review", "{}").is(200);

    var escalated =
        says(Role.ANALYST, id, "escalate", "{'queue':'senior','reason':'It is odd.'}").is(200);

    assertThat(escalated.text("status")).isEqualTo("ESCALATED");
    assertThat(escalated.text("queue")).isEqualTo("senior");
    assertThat(escalated.json().path("escalationLevel").asInt()).isEqualTo(1);
    assertThat(escalated.json().has("assignee")).isFalse();
    assertThat(says(Role.SENIOR, id, "review", "{}").is(200).text("status"))
        .isEqualTo("UNDER_REVIEW");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "force-match | {'overrideReason':'It is it.','notes':'Same text.','candidate':'L-404'}"
            + " | The exception has no candidate \"L-404\"; it has none.",
        "split | {'splits':[{'amount':'60','currency':'EUR','target':'1200'},"
            + "{'amount':'39','currency':'EUR','target':'1300'}]}"
            + " | The parts come to 99 EUR, and the item is 100.00 EUR.",
        "split | {'splits':[{'amount':'60','currency':'EUR','target':'1200'},"
            + "{'amount':'40','currency':'USD','target':'1300'}]}"
            + " | The parts of a split are in the currency of the item, EUR.",
      })
  void a_resolution_that_is_not_one_of_the_item_is_refused(
      String command, String body, String detail) {
    var id = reported();

    says(Role.ANALYST, id, command, body).isProblem(422, "MISFIT", detail);

    assertThat(box.viewer().sees(id).text("status")).isEqualTo("OPEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "assign | {}",
        "assign | {'assignee':' '}",
        "force-match | {'overrideReason':'x'}",
        "write-off | {'reason':'BORED','notes':'x','referenceDocument':'x'}",
        "adjust-entry | {'reasonCode':'x','notes':'x','amount':12,'currency':'EUR',"
            + "'effectiveAt':'2026-03-31T00:00:00Z'}",
        "adjust-entry | {'reasonCode':'x','notes':'x','amount':'12','currency':'XQX',"
            + "'effectiveAt':'2026-03-31T00:00:00Z'}",
        "adjust-entry | {'reasonCode':'x','notes':'x','amount':'12','currency':'EUR',"
            + "'effectiveAt':'yesterday'}",
        "split | {'splits':[{'amount':'100','currency':'EUR','target':'1200'}]}",
        "reject | {}",
        "escalate | {'queue':'senior'}",
        "known-difference | {'note':'x','until':'later'}",
      })
  void a_body_that_is_not_as_the_contract_says_is_refused_and_changes_nothing(
      String command, String body) {
    var id = reported();

    says(Role.SENIOR, id, command, body).isProblem(400, "INVALID");

    assertThat(box.viewer().sees(id).json().path("version").asInt()).isEqualTo(3);
  }

  @Test
  void the_same_approval_under_one_key_is_given_once() {
    var id = reported();
    says(Role.ANALYST, id, "write-off", WRITE_OFF).is(200);

    var first = box.as(Role.SENIOR).once("ok-1").says(id, "approve", json("{}")).is(200);
    var again = box.as(Role.SENIOR).once("ok-1").says(id, "approve", json("{}")).is(200);

    assertThat(again.json().path("version")).isEqualTo(first.json().path("version"));
    says(Role.SENIOR, id, "approve", "{}").isProblem(422, "NOT_ALLOWED");
  }
}
