package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Holds, rests, and what time does next, over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StandingIT {
  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  private static String path(String id, String rest) {
    return "/v1/exceptions/" + id + rest;
  }

  @Test
  void every_item_shows_its_next_step_alone_and_in_lists() {
    var now = box.box().clock().instant();
    var reported = box.reporter().reports(report("next")).is(201);

    assertThat(reported.json().at("/nextStep/action").asText()).isEqualTo("REMIND");
    assertThat(reported.json().at("/nextStep/at").asText())
        .isEqualTo(now.plus(Duration.ofHours(24)).toString());
    var listed = box.viewer().client().get("/v1/exceptions").is(200).items();
    assertThat(listed).isNotEmpty().allSatisfy(item -> assertThat(item.has("nextStep")).isTrue());
  }

  @Test
  void a_hold_is_placed_shown_and_released_by_who_may() {
    var id = box.reporter().reports(report("held")).is(201).text("id");

    var held =
        box.as(Role.ANALYST).posts(path(id, "/holds"), "{\"reason\": \"It is odd.\"}").is(200);

    var hold = held.json().at("/holds/0");
    assertThat(hold.path("on").asText()).isEqualTo("ITEM");
    assertThat(hold.path("value").asText()).isEqualTo(id);
    assertThat(hold.path("reason").asText()).isEqualTo("It is odd.");
    var release = path(id, "/holds/" + hold.path("id").asText() + "/release");
    box.as(Role.ANALYST).posts(release, "{\"reason\": \"Fine.\"}").isProblem(403, "FORBIDDEN");
    var released = box.as(Role.SENIOR).posts(release, "{\"reason\": \"Fine.\"}").is(200);
    assertThat(released.json().has("holds")).isFalse();
    box.as(Role.SENIOR).posts(release, "{\"reason\": \"Fine.\"}").isProblem(404, "UNKNOWN_HOLD");
  }

  @Test
  void an_item_rests_where_rules_let_it_and_is_woken() {
    var id = box.reporter().reports(report("rests")).is(201).text("id");
    var until = box.box().clock().instant().plus(Duration.ofHours(30)).toString();
    var body = "{\"until\": \"%s\", \"reason\": \"They look.\"}".formatted(until);

    box.as(Role.ANALYST).posts(path(id, "/snooze"), body).isProblem(422, "NOT_SNOOZABLE");
    try (var lenient =
        TestBox.standardBut("ruleset.yaml", "remind: 24h", "remind: 24h\n    snoozeAtMost: 48h")) {
      box.box().decideBy(lenient);
      var resting = box.as(Role.ANALYST).posts(path(id, "/snooze"), body).is(200).json();
      assertThat(resting.at("/snoozed/until").asText()).isEqualTo(until);
      assertThat(resting.at("/nextStep/action").asText()).isEqualTo("WAKE");
    } finally {
      box.box().decideBy(TestBox.rules());
    }

    var woken = box.as(Role.ANALYST).posts(path(id, "/wake"), "{}").is(200).json();
    assertThat(woken.has("snoozed")).isFalse();
    assertThat(woken.at("/nextStep/action").asText()).isEqualTo("REMIND");
  }
}
