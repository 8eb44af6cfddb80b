package dev.signalbox.ops.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Access;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reviewers propose and approve over HTTP reaches an outside ledger, and its answer them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutsideLedgerIT {
  private static final String WRITE_OFF =
      "{\"reason\":\"CANCELLED\",\"notes\":\"Gone.\",\"referenceDocument\":\"DOC-7\"}";

  private static StandInLedger ledger;
  private static TestPostgres postgres;
  private static Node node;
  private static Api admin;
  private static Api analyst;
  private static Api senior;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException {
    var key = Access.newKey();
    ledger = new StandInLedger();
    postgres = TestPostgres.freshDatabase();
    var variables =
        Map.of("SIGNALBOX_DATABASE_URL", LiveBox.url(postgres), "SIGNALBOX_ADMIN_KEY", key);
    node =
        Node.start(
            SettingsReader.read(config(directory), variables::get, LiveBox.root())
                .in(directory)
                .at(0));
    admin = new Api(node.url(), key);
    analyst = as("analyst");
    senior = as("senior");
  }

  @AfterAll
  static void close() {
    node.close();
    postgres.close();
    ledger.close();
  }

  private static Path config(Path directory) throws IOException {
    var secret = Files.writeString(directory.resolve("ledger.secret"), "stand-in");
    return Files.writeString(
        directory.resolve("signalbox.yaml"),
        """
        ledger:
          kind: http
          url: %s
          token: file:%s
          timeout: 1s
          allowedNetworks: [127.0.0.0/8]
          accounts: {writeOff: "6900"}
          dispatch: {attempts: 5, base: 200ms, cap: 1s}
        """
            .formatted(ledger.url(), secret));
  }

  private static Api as(String role) {
    var made =
        admin.post(
            "/v1/keys",
            "application/json",
            "{\"name\":\"%s\",\"role\":\"%s\",\"why\":\"For a test.\"}"
                .formatted(role, role.toUpperCase(Locale.ROOT)));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return new Api(node.url(), Api.json(made).path("key").asText());
  }

  @Test
  void what_is_approved_waits_for_the_ledger_and_is_resolved_with_its_reference() {
    var id = proposed("1200");

    var approved = approve(id);

    assertThat(approved.path("status").asText()).isEqualTo("PENDING_RESOLUTION");
    assertThat(approved.at("/posting/stage").asText()).isEqualTo("REQUESTED");
    admin.awaitStatus(id, "RESOLVED");
    var posting = seen(id).path("posting");
    assertThat(ledger.booked(id)).hasSize(1);
    var booked = ledger.booked(id).getFirst();
    assertThat(posting.path("reference").asText()).isEqualTo(booked.reference());
    assertThat(posting.path("stage").asText()).isEqualTo("POSTED");
    assertThat(booked.posting().path("id")).isEqualTo(posting.path("id"));
    assertThat(booked.posting().path("lines")).isEqualTo(posting.path("lines"));
    assertThat(booked.posting().path("lines").findValuesAsText("account"))
        .containsExactly("6900", "1200");
  }

  @Test
  void what_the_ledger_refuses_is_back_with_who_proposed_it_and_says_why() {
    var id = proposed("closed");
    approve(id);

    admin.awaitStatus(id, "UNDER_REVIEW");

    var back = seen(id);
    assertThat(back.path("assignee").asText()).isEqualTo("analyst");
    assertThat(back.path("proposal").isMissingNode()).isTrue();
    assertThat(back.at("/posting/stage").asText()).isEqualTo("REFUSED");
    assertThat(back.at("/posting/problem").asText()).contains("422");
    assertThat(ledger.booked(id)).isEmpty();
    propose(id);
    assertThat(approve(id).at("/posting/id")).isNotEqualTo(back.at("/posting/id"));
    admin.awaitStatus(id, "UNDER_REVIEW");
    // A machine that is slow may not hear a refusal in time, and then asks for it again.
    assertThat(ledger.asked(id).stream().map(StandInLedger.Asked::key).distinct()).hasSize(2);
  }

  @Test
  void what_the_ledger_booked_without_an_answer_is_sent_again_and_booked_once() {
    var id = proposed("slow");
    approve(id);

    admin.awaitStatus(id, "RESOLVED");

    var asked = ledger.asked(id);
    assertThat(asked).extracting(StandInLedger.Asked::status).startsWith(201, 409);
    assertThat(asked.getLast())
        .isEqualTo(new StandInLedger.Asked(asked.getFirst().key(), asked.getFirst().body(), 409));
    assertThat(ledger.booked(id)).hasSize(1);
    assertThat(seen(id).at("/posting/reference").asText())
        .isEqualTo(ledger.booked(id).getFirst().reference());
    assertThat(seen(id).at("/posting/id").asText()).isEqualTo(asked.getFirst().key());
  }

  /** An exception on an account, whose write-off the analyst proposes. */
  private static String proposed(String account) {
    var id = admin.reported(LiveBox.report("to-" + account).put("glAccount", account));
    propose(id);
    return id;
  }

  private static void propose(String id) {
    assertThat(said(analyst, id, "write-off", WRITE_OFF).path("status").asText())
        .isEqualTo("PENDING_APPROVAL");
  }

  private static JsonNode approve(String id) {
    return said(senior, id, "approve", "{}");
  }

  private static JsonNode said(Api api, String id, String command, String body) {
    var answer = api.post("/v1/exceptions/" + id + "/" + command, "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Api.json(answer);
  }

  private static JsonNode seen(String id) {
    return Api.json(admin.get("/v1/exceptions/" + id));
  }
}
