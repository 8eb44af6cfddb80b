package dev.signalbox.rules.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.TestBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells a rule author to write works in the standard ruleset. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmeTest {
  private static final Pattern FILE = Pattern.compile("(?ms)^```\\w+ (\\S+/\\S+)\\n(.*?)^```$");

  @TempDir private Path temporary;

  @Test
  void its_examples_pass_beside_the_standard_rules() throws IOException {
    var standard = TestBox.standardRuleset();
    var folder = new RulesetFolder(temporary.resolve("standard"));
    try (var paths = Files.walk(standard)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        folder.with(standard.relativize(path).toString(), Files.readString(path));
      }
    }
    var written = new ArrayList<String>();
    FILE.matcher(Files.readString(standard.resolve("../../README.md")))
        .results()
        .forEach(example -> {
          folder.with(example.group(1), example.group(2));
          written.add(example.group(1));
        });

    assertThat(written)
        .isEqualTo(
            List.of(
                "scenarios/payroll.yaml",
                "route/payroll.drl",
                "route/desks.csv",
                "scenarios/desks.yaml"));
    try (var rulebook = folder.load()) {
      var report = Scenarios.run(rulebook);
      assertThat(report.failures()).isEmpty();
      assertThat(report.neverFired()).isEmpty();
      assertThat(report.results())
          .extracting(ScenarioResult::file)
          .contains("scenarios/payroll.yaml", "scenarios/desks.yaml");
    }
  }
}
