package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.signalbox.ops.testkit.LiveBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The workflow that rule authors copy: each of its lines runs here in a shell, in a clone of a
 * repository of rules, with the program as a process of its own.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesWorkflowIT {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @TempDir private Path repository;
  private String base = "";

  @BeforeEach
  void repository() throws Exception {
    RulesHome.copy(LiveBox.root().resolve("rules-repo"), repository);
    base = RulesHome.commit(repository);
    RulesHome.program(repository.resolve(".signalbox"));
  }

  private List<JsonNode> steps() throws IOException {
    var workflow = YAML.readTree(repository.resolve(".github/workflows/rules.yml").toFile());
    assertThat(workflow.path("permissions").path("security-events").asText()).isEqualTo("write");
    var steps = new ArrayList<JsonNode>();
    workflow.path("jobs").path("rules").path("steps").forEach(steps::add);
    return steps;
  }

  private int run(String name) throws Exception {
    var step = steps().stream().filter(one -> one.path("name").asText().equals(name)).findFirst();
    return RulesHome.run(repository, Map.of("BASE", base), step.orElseThrow().path("run").asText());
  }

  @Test
  void every_step_that_runs_something_is_tried_here() throws Exception {
    assertThat(steps().stream().filter(step -> step.has("run")).map(s -> s.path("name").asText()))
        .containsExactly("Check", "Test", "Say what changed", "Backtest");
    assertThat(steps().stream().filter(step -> step.has("uses")).map(s -> s.path("uses").asText()))
        .allMatch(action -> action.matches("(actions|github)/[a-z-]+(/[a-z-]+)?@v\\d+"));
  }

  @Test
  void good_rules_pass_and_what_changed_is_kept() throws Exception {
    var severity = repository.resolve("rulesets/standard/classify/severity.drl");
    Files.writeString(
        severity,
        Files.readString(severity).replace("The amount is below 1,000 EUR.", "It is small."));

    assertThat(run("Check")).isZero();
    assertThat(YAML.readTree(repository.resolve("rules.sarif").toFile()).at("/runs/0/results"))
        .isEmpty();
    assertThat(run("Test")).isZero();
    assertThat(RulesCheckTest.xml(Files.readString(repository.resolve("TEST-rules.xml"))))
        .isNotNull();
    assertThat(run("Say what changed")).isZero();
    assertThat(repository.resolve("changes.txt"))
        .content()
        .contains("~ severity-amount-low", "0 removed, 1 changed");
    var reports = Files.readAllLines(LiveBox.root().resolve("ops/samples/exceptions.ndjson"));
    Files.write(repository.resolve("reports.ndjson"), reports.subList(0, 50));
    assertThat(run("Backtest")).isZero();
    assertThat(repository.resolve("backtest-standard.html")).content().contains("<html");
  }

  @Test
  void bad_rules_stop_the_build_and_the_results_are_there_to_be_shown() throws Exception {
    var severity = repository.resolve("rulesets/standard/classify/severity.drl");
    Files.writeString(severity, Files.readString(severity).replace("< 1000B", "< 900B"));
    assertThat(run("Check")).isZero();
    assertThat(run("Test")).isEqualTo(1);
    assertThat(repository.resolve("TEST-rules.xml")).content().contains("<failure ");
    Files.writeString(severity, Files.readString(severity).replace("magnitude <", "magnitud <"));
    assertThat(run("Check")).isEqualTo(1);
    var results = YAML.readTree(repository.resolve("rules.sarif").toFile()).at("/runs/0/results");
    assertThat(results).isNotEmpty();
    assertThat(results.at("/0/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("rulesets/standard/classify/severity.drl");
  }
}
