package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The ruleset that the product brings: the contract, and no contradiction. */
class StandardRulesetTest extends RulesetContract {
  private static final int FEED = 20_000;

  @Override
  protected Path folder() {
    return Given.STANDARD;
  }

  @Test
  void no_two_rules_of_it_disagree_at_one_salience() {
    long seed = System.nanoTime();
    var items = new RandomItems(seed);
    try (var rulebook = Rulesets.load(folder())) {
      for (int i = 0; i < FEED; i++) {
        var item = items.edge();
        var assessment = rulebook.assess(item.question());
        assertThat(assessment.routing().conflicts()).as("seed %d: %s", seed, item).isEmpty();
        assertThat(assessment.classification().conflicts()).as("%s", item).isEmpty();
      }
    }
  }
}
