package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.rules.scenarios.Scenario;
import dev.signalbox.rules.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every ruleset folder must pass before it may decide anything. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class RulesetContract {
  private static final int ROUNDS = 20;

  private Rulebook rulebook;

  /** The folder of the ruleset. */
  protected abstract Path folder();

  @BeforeEach
  void load() {
    rulebook = Rulesets.load(folder());
  }

  @AfterEach
  void close() {
    rulebook.close();
  }

  @TestFactory
  Stream<DynamicTest> every_scenario_passes() {
    return Scenarios.run(rulebook, folder()).results().stream()
        .map(result ->
            DynamicTest.dynamicTest(
                result.file() + ": " + result.name(),
                () -> assertThat(result.differences()).isEmpty()));
  }

  @Test
  void every_rule_is_fired_by_a_scenario() {
    assertThat(Scenarios.run(rulebook, folder()).neverFired()).isEmpty();
  }

  @Test
  void the_order_in_which_facts_come_in_does_not_matter() {
    var reversed = rulebook.ordered(List::reversed);
    for (var scenario : scenarios()) {
      assertThat(reversed.assess(scenario.question()))
          .as(scenario.name())
          .isEqualTo(rulebook.assess(scenario.question()));
      assertThat(scenario.tried(reversed)).isEqualTo(scenario.tried(rulebook));
    }
  }

  @Test
  void the_items_that_were_asked_before_do_not_matter() {
    long seed = System.nanoTime();
    var scenarios = new ArrayList<>(scenarios());
    var expected = scenarios.stream().map(s -> rulebook.assess(s.question())).toList();
    var order = new ArrayList<>(Stream.iterate(0, i -> i + 1).limit(scenarios.size()).toList());
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (int i : order) {
        assertThat(rulebook.assess(scenarios.get(i).question()))
            .as("%s, seed %d", scenarios.get(i).name(), seed)
            .isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void its_archive_decides_as_the_folder_does() {
    var archive = RulesetArchive.write(rulebook.files());
    try (var again = Rulesets.load(RulesetArchive.read("archive", archive))) {
      assertThat(again.digest()).isEqualTo(rulebook.digest());
      for (var scenario : scenarios()) {
        assertThat(again.assess(scenario.question()))
            .as(scenario.name())
            .isEqualTo(rulebook.assess(scenario.question()));
        assertThat(scenario.tried(again)).isEqualTo(scenario.tried(rulebook));
      }
    }
  }

  private List<Scenario> scenarios() {
    var scenarios = Scenarios.all(rulebook, RulesetFiles.of(folder()));
    assertThat(scenarios).isNotEmpty();
    return scenarios;
  }
}
