package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Person;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.backtest.BacktestJson;
import dev.signalbox.backtest.Comparison;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.TestBox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesetIT {
  private static final String RULESETS = "/v1/rulesets";

  @TempDir private Path temporary;
  private RulesetFolder folder;
  private ApiBox box;

  @BeforeEach
  void open() {
    folder = RulesetFolder.in(temporary).with("scenarios/all.yaml", scenario("LOW"));
    box = ApiBox.watching(folder.path(), 2);
  }

  @AfterEach
  void close() {
    box.close();
  }

  private static String scenario(String severity) {
    return """
    description: All of it.
    scenarios:
      - name: a small item
        expect: {severity: %s}
    """
        .formatted(severity);
  }

  /** Another ruleset that passes; gives the number of the event that admitted it. */
  private Reply change() {
    folder.with("scenarios/all.yaml", scenario("LOW") + "# changed\n");
    box.rulesets().watch().look();
    return box.viewer().client().get(RULESETS).is(200);
  }

  private static Reply activate(Person person, Reply list) {
    var admitted = list.json().path("events").path(0);
    return person.posts(
        RULESETS + "/" + admitted.path("digest").asText() + "/activate",
        "{\"why\": \"Agreed.\", \"admission\": " + admitted.path("number").asLong() + "}");
  }

  @Test
  void everybody_sees_what_decides_since_when_and_why() {
    var list = box.viewer().client().get(RULESETS).is(200).json();

    assertThat(list.at("/active/name").asText()).isEqualTo("small");
    assertThat(list.at("/active/activation/number").asLong()).isEqualTo(2);
    assertThat(list.at("/active/activation/kind").asText()).isEqualTo("ACTIVATED");
    assertThat(list.at("/source/outcome").asText()).isEqualTo("FOUND");
    assertThat(list.at("/events/1/kind").asText()).isEqualTo("ADMITTED");
    assertThat(list.at("/events/1/scenarios/passed").asInt()).isEqualTo(1);
    assertThat(list.has("previous")).isFalse();
  }

  @Test
  void what_is_refused_is_shown_with_its_places() {
    folder.with("scenarios/all.yaml", scenario("HIGH"));
    box.rulesets().watch().look();

    var list = box.viewer().client().get(RULESETS).is(200).json();

    var refused = list.at("/events/0");
    assertThat(refused.path("kind").asText()).isEqualTo("REFUSED");
    assertThat(refused.at("/findings/0/file").asText()).isEqualTo("scenarios/all.yaml");
    assertThat(refused.at("/findings/0/line").asInt()).isEqualTo(3);
    assertThat(list.at("/active/activation/number").asLong()).isEqualTo(2);
  }

  @Test
  void a_ruleset_is_shown_with_its_rules_and_given_whole() {
    var digest = box.viewer().client().get(RULESETS).is(200).json().at("/active/digest").asText();

    var shown = box.viewer().client().get(RULESETS + "/" + digest).is(200).json();

    assertThat(shown.at("/rules/0/id").asText()).isEqualTo("junior");
    assertThat(shown.at("/rules/0/because").asText()).isEqualTo("It is junior.");
    assertThat(shown.at("/rules/0/file").asText()).isEqualTo("route/rules.drl");
    assertThat(shown.path("manifest").asText()).startsWith("name: small");
    assertThat(shown.path("files")).hasSize(4);
    assertThat(shown.path("events")).hasSize(2);
    var zip = box.viewer().client().get(RULESETS + "/" + digest + "/archive").is(200);
    assertThat(zip.header("content-type")).isEqualTo("application/zip");
    assertThat(zip.body()).startsWith("PK").contains("route/rules.drl");
  }

  @Test
  void each_rule_is_listed_with_how_often_it_fired_and_when_it_did_last() {
    try (var standard = ApiBox.watching(TestBox.standardRuleset(), 1)) {
      standard.reporter().reports(report("hit-1")).is(201);
      var digest = TestBox.rules().digest().hex();
      var rules = standard.viewer().client().get(RULESETS + "/" + digest + "/rules").is(200).json();

      assertThat(rules.path("digest").asText()).isEqualTo(digest);
      for (var rule : rules.path("rules")) {
        assertThat(rule.has("lastFiredAt")).isEqualTo(rule.path("fired").asLong() > 0);
      }
      assertThat(rules.path("rules"))
          .filteredOn(rule -> rule.path("fired").asLong() == 1)
          .extracting(rule -> rule.path("id").asText())
          .contains("severity-amount-low");
      assertThat(rules.path("points").findValuesAsText("point"))
          .contains("classify", "route", "escalate");
    }
    for (var unknown : new String[] {"a".repeat(64), "x"}) {
      box.viewer().client().get(RULESETS + "/" + unknown + "/rules").isProblem(404, "NOT_FOUND");
    }
  }

  @Test
  void what_nobody_knows_is_not_found() {
    for (var digest : new String[] {"a".repeat(64), "x", "A".repeat(64)}) {
      box.viewer().client().get(RULESETS + "/" + digest).isProblem(404, "NOT_FOUND");
      box.viewer().client().get(RULESETS + "/" + digest + "/archive").isProblem(404, "NOT_FOUND");
    }
    box.as(Role.RULE_AUTHOR)
        .posts(RULESETS + "/x/activate", "{\"why\": \"Now.\", \"admission\": 1}")
        .isProblem(404, "NOT_FOUND");
  }

  @Test
  void two_people_activate_and_one_goes_back() {
    var list = change();
    assertThat(activate(box.as(Role.RULE_AUTHOR), list).is(200).text("kind")).isEqualTo("APPROVED");
    activate(box.as(Role.RULE_AUTHOR), list).isProblem(422, "SECOND_PERSON");

    var activated = activate(box.as(Role.ADMIN), list).is(200);

    assertThat(activated.text("kind")).isEqualTo("ACTIVATED");
    var now = box.viewer().client().get(RULESETS).is(200).json();
    assertThat(now.at("/active/activation/number").asText()).isEqualTo(activated.text("number"));
    assertThat(now.at("/active/activation/actor").asText()).isEqualTo("person:admin");
    assertThat(now.at("/previous/number").asLong()).isEqualTo(2);

    var back =
        box.as(Role.RULE_AUTHOR)
            .posts(
                RULESETS + "/rollback",
                "{\"why\": \"Too many.\", \"from\": " + activated.text("number") + "}")
            .is(200);
    assertThat(back.text("kind")).isEqualTo("ROLLED_BACK");
    assertThat(back.text("digest")).isEqualTo(now.at("/previous/digest").asText());
    assertThat(box.viewer().client().get(RULESETS).is(200).json().at("/active/digest").asText())
        .isEqualTo(back.text("digest"));
  }

  @Test
  void the_same_request_under_one_key_takes_effect_once() {
    var list = change();
    activate(box.as(Role.RULE_AUTHOR), list).is(200);
    activate(box.as(Role.ADMIN), list).is(200);
    var person = box.as(Role.RULE_AUTHOR).once("back-1");

    var first = person.posts(RULESETS + "/rollback", "{\"why\": \"Too many.\"}").is(200);

    assertThat(person.posts(RULESETS + "/rollback", "{\"why\": \"Too many.\"}").is(200).body())
        .isEqualTo(first.body());
    person.posts(RULESETS + "/rollback", "{\"why\": \"Why not?\"}").isProblem(422, "KEY_REUSED");
  }

  @Test
  void nothing_is_activated_without_an_admission_or_a_reason() {
    var list = change();
    var digest = list.json().at("/events/0/digest").asText();
    var author = box.as(Role.RULE_AUTHOR);
    author
        .posts(RULESETS + "/" + digest + "/activate", "{\"why\": \"Now.\", \"admission\": 1}")
        .isProblem(422, "NOT_ADMITTED");
    author
        .posts(RULESETS + "/" + digest + "/activate", "{\"admission\": 3}")
        .isProblem(400, "INVALID");
    author.posts(RULESETS + "/rollback", "{\"why\": \"Now.\"}").isProblem(422, "NOTHING_BEFORE");
    author.posts(RULESETS + "/rollback", "{\"why\": \"\"}").isProblem(400, "INVALID");
  }

  @Test
  void a_web_hook_may_send_whatever_it_likes() {
    box.as(Role.RULE_AUTHOR)
        .posts(RULESETS + "/refresh", "{\"ref\": \"refs/heads/main\", \"commits\": [{\"id\": 1}]}")
        .is(200);
    assertThat(box.as(Role.RULE_AUTHOR).client().post(RULESETS + "/refresh", "").is(200).body())
        .contains("FOUND");
  }

  @Test
  void the_result_of_a_backtest_is_kept_and_an_activation_names_it() {
    var list = change();
    var digest = list.json().at("/events/0/digest").asText();
    var author = box.as(Role.RULE_AUTHOR);
    var path = RULESETS + "/" + digest + "/backtests";

    var kept = author.posts(path, result()).is(200);

    assertThat(kept.text("kind")).isEqualTo("BACKTESTED");
    assertThat(kept.json().path("passed").asBoolean()).isTrue();
    var shown = box.viewer().client().get(RULESETS).is(200).json().at("/events/0");
    assertThat(shown.path("actor").asText()).isEqualTo("person:rule_author");
    assertThat(shown.path("changedPercent").asText()).isEqualTo("0.00");
    var wish =
        "{\"why\": \"Agreed.\", \"admission\": %s, \"backtest\": %s}"
            .formatted(list.json().at("/events/0/number").asText(), kept.text("number"));
    var activate = RULESETS + "/" + digest + "/activate";
    assertThat(author.posts(activate, wish).is(200).text("kind")).isEqualTo("APPROVED");
    author.posts(activate, wish.replaceAll("\\d+}", "1}")).isProblem(422, "NO_BACKTEST");
    author
        .posts(path, result().replace("\"changed\":0", "\"changed\":1"))
        .isProblem(422, "NOT_ITS_RESULT");
    author.posts(path, "{}").isProblem(400, "INVALID");
    author.posts(RULESETS + "/x/backtests", result()).isProblem(404, "NOT_FOUND");
    box.viewer().posts(path, result()).isProblem(403, "FORBIDDEN");
  }

  /** What {@code signalbox rules backtest --format json} says of the ruleset in the folder. */
  private String result() {
    try (var candidate = folder.load()) {
      var json =
          BacktestJson.write(
              new Comparison(box.rulesets().active().get(), candidate).result(), "a test");
      json.put("digest", BacktestJson.digest(json).hex()).putArray("brokenLimits");
      return json.toString();
    }
  }
}
