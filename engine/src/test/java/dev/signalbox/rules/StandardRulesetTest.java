package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Decision.Route;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ruleset that the product brings: the contract, and an oracle that knows no rules. */
class StandardRulesetTest extends RulesetContract {
  private static final int ITEMS = 100_000;
  private static final int FEED = 20_000;

  @Override
  protected Path folder() {
    return Given.STANDARD;
  }

  @Test
  void rules_and_hand_written_java_decide_alike_around_every_literal() {
    long seed = System.nanoTime();
    var items = new RandomItems(seed);
    try (var rulebook = Rulesets.load(folder())) {
      for (int i = 0; i < ITEMS; i++) {
        var item = items.edge();
        var question = item.question();
        assertThat(decisions(rulebook.assess(question)))
            .as("item %d of seed %d: %s", i, seed, item)
            .isEqualTo(decisions(StandardByHand.assess(question)));
      }
    }
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

  @Test
  void of_a_usual_feed_a_fifth_is_handed_to_the_outside() {
    var items = new RandomItems(7);
    int handed = 0;
    for (int i = 0; i < FEED; i++) {
      var routing = StandardByHand.assess(items.usual().question()).routing().decision();
      handed += routing instanceof Route route && route.target() != null ? 1 : 0;
    }
    assertThat(100.0 * handed / FEED).isBetween(15.0, 25.0);
  }

  private static List<Object> decisions(Assessment assessment) {
    return List.of(assessment.classification().decision(), assessment.routing().decision());
  }
}
