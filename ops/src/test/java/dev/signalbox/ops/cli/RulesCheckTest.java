package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.TestBox;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** {@code signalbox rules check}, as people and machines read it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesCheckTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path temporary;
  private RulesetFolder good;
  private RulesetFolder bad;

  @BeforeEach
  void rulesets() {
    good = RulesetFolder.in(temporary.resolve("good"));
    bad =
        RulesetFolder.in(temporary.resolve("bad dir"))
            .route(
                RulesetFolder.rule("junior", "Item()", "route.to(\"junior\");"),
                RulesetFolder.rule("clock", "Item( amuont > 3B )", "route.to(\"x\");"))
            .with("scenarios/bad.yaml", "scenarios: [{name: \"a\\u0001<b>\", expect: {}}]\n");
  }

  @Test
  void a_ruleset_that_is_right_ends_with_0_and_says_how_many_rules_it_has() {
    var said = Said.by("rules", "check", good.path().toString());
    assertThat(said.out()).isEqualToIgnoringNewLines(good.path() + ": 2 rules, nothing found");
    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
  }

  @Test
  void each_finding_is_a_line_with_its_place_and_its_rule() {
    var said = Said.by("rules", "check", bad.path().toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).isEmpty();
    assertThat(said.out().lines().toList())
        .hasSize(2)
        .satisfies(lines -> {
          assertThat(lines.getFirst())
              .startsWith(bad.path() + "/route/rules.drl:21:9: Item has no \"amuont\" for rules")
              .endsWith(" (clock)");
          assertThat(lines.getLast()).isEqualTo(bad.path() + ": 1 error, 0 warnings");
        });
  }

  @Test
  void what_is_wrong_with_scenarios_is_found_too() {
    var spoilt = good.with("scenarios/bad.yaml", "scenarios: [{name: a, expect: {}}]\n");
    var said = Said.by("rules", "check", spoilt.path().toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("scenarios/bad.yaml: \"scenarios[0].expect.\" expects nothing");
  }

  @Test
  void several_folders_are_checked_together_and_one_bad_one_is_enough() {
    var said = Said.by("rules", "check", good.path().toString(), bad.path().toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("nothing found", "1 error, 0 warnings");
  }

  @Test
  void without_a_folder_it_is_the_standard_ruleset() {
    var home = System.getProperty("signalbox.home");
    System.setProperty("signalbox.home", TestBox.standardRuleset().resolve("../../..").toString());
    try {
      var said = Said.by("rules", "check");
      assertThat(said.out()).endsWith(" rules, nothing found" + System.lineSeparator());
      assertThat(said.status()).isZero();
    } finally {
      if (home == null) {
        System.clearProperty("signalbox.home");
      } else {
        System.setProperty("signalbox.home", home);
      }
    }
  }

  @Test
  void a_folder_that_is_not_there_and_a_format_that_nobody_knows_are_mistakes() {
    var none = Said.by("rules", "check", "none");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err())
        .isEqualToIgnoringNewLines(
            "There is no folder \"none\". See: signalbox rules check --help");
    var format = Said.by("rules", "check", "--format", "sarf");
    assertThat(format.status()).isEqualTo(2);
    assertThat(format.err())
        .isEqualToIgnoringNewLines(
            "Invalid value for option '--format': there are text, json, junit, sarif. Maybe sarif."
                + " See: signalbox rules check --help");
  }

  @Test
  void scripts_read_json() throws Exception {
    var said =
        Said.by("rules", "check", "--format=json", good.path().toString(), bad.path().toString());
    assertThat(said.status()).isEqualTo(1);
    var node = JSON.readTree(said.out());
    assertThat(node.path("errors").asInt()).isEqualTo(1);
    assertThat(node.path("warnings").asInt()).isZero();
    assertThat(node.path("rulesets").path(0).path("digest").asText()).hasSize(64);
    assertThat(node.path("rulesets").path(0).path("rules").asInt()).isEqualTo(2);
    var finding = node.path("findings").path(0);
    assertThat(finding.path("level").asText()).isEqualTo("error");
    assertThat(finding.path("code").asText()).isEqualTo("invalid");
    assertThat(finding.path("file").asText()).isEqualTo(bad.path() + "/route/rules.drl");
    assertThat(finding.path("line").asInt()).isEqualTo(21);
    assertThat(finding.path("column").asInt()).isEqualTo(9);
    assertThat(finding.path("rule").asText()).isEqualTo("clock");
    assertThat(finding.path("message").asText()).startsWith("Item has no");
  }

  @Test
  void sarif_is_as_its_readers_want_it() throws Exception {
    var said = Said.by("rules", "check", "--format=sarif", bad.path().toString());
    var log = JSON.readTree(said.out());
    assertThat(log.path("version").asText()).isEqualTo("2.1.0");
    assertThat(log.path("$schema").asText()).contains("sarif-schema-2.1.0");
    var run = log.path("runs").path(0);
    var driver = run.path("tool").path("driver");
    assertThat(driver.path("name").asText()).isEqualTo("signalbox");
    assertThat(driver.path("version").asText()).isNotBlank();
    assertThat(run.path("invocations").path(0).path("executionSuccessful").asBoolean()).isTrue();
    assertThat(run.path("results")).hasSize(1);
    var result = run.path("results").path(0);
    assertThat(driver.path("rules").findValuesAsText("id"))
        .contains(result.path("ruleId").asText());
    assertThat(result.path("level").asText()).isEqualTo("error");
    assertThat(result.path("message").path("text").asText()).startsWith("Item has no");
    var location = result.path("locations").path(0);
    assertThat(location.path("logicalLocations").path(0).path("name").asText()).isEqualTo("clock");
    JsonNode physical = location.path("physicalLocation");
    var uri = URI.create(physical.path("artifactLocation").path("uri").asText());
    assertThat(Path.of(uri)).isEqualTo(bad.path().resolve("route/rules.drl"));
    assertThat(physical.path("region").path("startLine").asInt()).isEqualTo(21);
    assertThat(physical.path("region").path("startColumn").asInt()).isEqualTo(9);
  }

  @Test
  void servers_read_junit_with_a_test_for_each_file() throws Exception {
    var said =
        Said.by("rules", "check", "--format=junit", good.path().toString(), bad.path().toString());
    assertThat(said.status()).isEqualTo(1);
    var xml = xml(said.out());
    assertThat(xml.getDocumentElement().getTagName()).isEqualTo("testsuites");
    assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("1");
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(3 + 4);
    var failure = (Element) xml.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).contains("rules.drl:21:9: Item has no");
    var test = (Element) failure.getParentNode();
    assertThat(test.getAttribute("file")).isEqualTo(bad.path() + "/route/rules.drl");
    assertThat(test.getAttribute("line")).isEqualTo("21");
  }

  static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
