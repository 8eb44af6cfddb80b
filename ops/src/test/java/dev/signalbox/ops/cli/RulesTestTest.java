package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.rules.RulesetFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code signalbox rules test}, as people and machines read it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesTestTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path temporary;
  private String folder = "";

  @BeforeEach
  void ruleset() {
    folder =
        RulesetFolder.in(temporary)
            .route(
                RulesetFolder.rule("junior", "Item()", "route.to(\"junior\");"),
                RulesetFolder.rule("big", 9, "Item( magnitude > 9B )", "route.to(\"senior\");"),
                RulesetFolder.rule("huge", 9, "Item( magnitude > 99B )", "route.flag(\"HUGE\");"))
            .with(
                "scenarios/all.yaml",
                """
                scenarios:
                  - name: a small one
                    given: {amount: "5.00"}
                    expect: {queue: junior, notFired: [big]}
                  - {name: a big one, given: {amount: "10.00"}, expect: {queue: senior, fired: [big]}}
                  # The next one is wrong.
                  - given: {amount: "9.00"}
                    name: one at the border
                    expect:
                      queue: senior
                      fired: [big]
                """)
            .path()
            .toString();
  }

  @Test
  void each_scenario_is_a_row_and_what_differs_is_said_with_its_place() {
    var said = Said.by("rules", "test", folder);
    assertThat(said.err()).isEmpty();
    assertThat(said.out().lines())
        .containsExactly(
            folder + "/scenarios/all.yaml",
            "  passed  a small one        low, junior",
            "  passed  a big one          low, big, junior",
            "  FAILED  one at the border  low, junior",
            "          " + folder + "/scenarios/all.yaml:7",
            "          queue is junior, expected senior.",
            "          The rule big did not fire; [low, junior] did.",
            folder + "/route/rules.drl:25: No scenario fires huge; add one. (huge)",
            folder + ": 3 scenarios, 1 failed; 3 of 4 rules fired (75 %)");
    assertThat(said.status()).isEqualTo(1);
  }

  @Test
  void a_filter_runs_some_by_part_of_the_name_or_by_pattern_and_asks_for_no_coverage() {
    for (var filter : new String[] {"BIG", "a ??? one", "a big*"}) {
      var said = Said.by("rules", "test", folder, "--run", filter);
      assertThat(said.out().lines())
          .containsExactly(
              folder + "/scenarios/all.yaml",
              "  passed  a big one  low, big, junior",
              folder + ": 1 scenario, 0 failed");
      assertThat(said.status()).isZero();
    }
    var none = Said.by("rules", "test", folder, "--run", "huge");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).startsWith("No scenario is called anything like \"huge\".");
  }

  @Test
  void junit_has_a_test_for_each_scenario_with_its_place() throws Exception {
    var said = Said.by("rules", "test", folder, "--format", "junit");
    assertThat(said.status()).isEqualTo(1);
    var xml = RulesCheckTest.xml(said.out());
    var suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("5");
    assertThat(suite.getAttribute("failures")).isEqualTo("2");
    var border = (Element) xml.getElementsByTagName("testcase").item(3);
    assertThat(border.getAttribute("name")).isEqualTo("one at the border");
    assertThat(border.getAttribute("classname")).isEqualTo(folder + "/scenarios/all.yaml");
    assertThat(border.getAttribute("file")).isEqualTo(folder + "/scenarios/all.yaml");
    assertThat(border.getAttribute("line")).isEqualTo("7");
    assertThat(((Element) border.getFirstChild()).getAttribute("message"))
        .isEqualTo("queue is junior, expected senior.");
    var covered = (Element) xml.getElementsByTagName("testcase").item(4);
    assertThat(covered.getAttribute("name")).isEqualTo("every rule is fired");
    assertThat(covered.getTextContent()).contains("huge");
  }

  @Test
  void json_and_sarif_have_the_same() throws Exception {
    var json = JSON.readTree(Said.by("rules", "test", folder, "--format", "json").out());
    assertThat(json.path("passed").asBoolean()).isFalse();
    var ruleset = json.path("rulesets").path(0);
    assertThat(ruleset.path("scenarios").findValuesAsText("passed"))
        .containsExactly("true", "true", "false");
    assertThat(ruleset.path("coverage").path("percent").asDouble()).isEqualTo(75.0);
    assertThat(ruleset.path("coverage").path("neverFired").findValuesAsText("rule"))
        .containsExactly("huge");

    var sarif = JSON.readTree(Said.by("rules", "test", folder, "--format", "sarif").out());
    assertThat(sarif.path("runs").path(0).path("results").findValuesAsText("ruleId"))
        .containsExactly("never-fired", "scenario");
  }

  @Test
  void a_ruleset_that_cannot_be_used_is_said_as_check_says_it() {
    RulesetFolder.in(temporary).classify("rule nothing");
    var said = Said.by("rules", "test", folder);
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("/classify/rules.drl:", ": cannot be tested");
  }
}
