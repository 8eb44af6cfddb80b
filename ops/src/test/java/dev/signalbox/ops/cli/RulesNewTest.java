package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox rules new}: what authors begin with. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesNewTest {
  @TempDir private Path temporary;

  @Test
  void what_it_writes_passes_check_and_test_with_every_rule_fired() throws Exception {
    var folder = temporary.resolve("rulesets/payments").toString();
    var said = Said.by("rules", "new", folder, "--owner", "payments-desk");
    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out().lines())
        .contains(folder + "/ruleset.yaml", folder + "/route/desks.csv", folder + "/README.md")
        .endsWith("Next: signalbox rules test " + folder);

    assertThat(Said.by("rules", "check", "--strict", folder).out())
        .isEqualToIgnoringNewLines(folder + ": 13 rules, nothing found");
    var tested = Said.by("rules", "test", folder);
    assertThat(tested.out()).contains("12 scenarios, 0 failed; 13 of 13 rules fired (100 %)");
    assertThat(tested.status()).isZero();
    assertThat(Files.readString(Path.of(folder, "ruleset.yaml")))
        .contains("name: payments\n", "owner: payments-desk\n")
        .doesNotContain("$");
    for (var point : new String[] {"classify", "route", "resolve", "gate", "approve", "escalate"}) {
      assertThat(Path.of(folder, point)).isNotEmptyDirectory();
    }
  }

  @Test
  void what_is_there_already_is_left_alone() throws Exception {
    var mine = Files.writeString(temporary.resolve("mine.txt"), "mine");
    var empty = Files.createDirectory(temporary.resolve("empty"));
    assertThat(Said.by("rules", "new", empty.toString()).status()).isZero();
    for (var taken : new Path[] {empty, mine}) {
      var said = Said.by("rules", "new", taken.toString());
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.out()).isEmpty();
    }
    assertThat(Said.by("rules", "new", empty.toString()).err())
        .startsWith("There is something in %s already.".formatted(empty));
    assertThat(mine).hasContent("mine");
  }

  @Test
  void a_name_is_one_that_a_ruleset_can_have() {
    var said = Said.by("rules", "new", temporary.resolve("My Rules").toString());
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).startsWith("\"My Rules\" is no name");
    assertThat(temporary).isEmptyDirectory();
  }
}
