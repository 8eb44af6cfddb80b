package dev.signalbox.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.rules.Given;
import dev.signalbox.rules.RandomItems;
import dev.signalbox.rules.Rulesets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The standard ruleset against an oracle that knows no rules. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StandardByHandTest {
  private static final int ITEMS = 100_000;
  private static final int FEED = 20_000;

  @Test
  void rules_and_hand_written_java_decide_alike_around_every_literal() {
    long seed = System.nanoTime();
    var items = new RandomItems(seed);
    try (var rulebook = Rulesets.load(Given.STANDARD)) {
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
