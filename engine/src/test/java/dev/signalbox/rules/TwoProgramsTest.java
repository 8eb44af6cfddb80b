package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Decision.GateDecision.Verdict;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.testkit.ChildJvm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The same facts to the same digest: the same decisions, on any machine and in any order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwoProgramsTest {
  private static final int ITEMS = 500;

  @Test
  void another_program_decides_the_same_from_facts_in_another_order() {
    long seed = System.nanoTime();
    var here = decided(seed, 1);
    var there =
        ChildJvm.run(List.of("-Xmx512m"), Other.class, Long.toString(seed), Long.toString(2));
    assertThat(there.lines().stream().filter(line -> line.startsWith("Item ")).toList())
        .as("seed %d", seed)
        .hasSize(ITEMS)
        .isEqualTo(here);
    // What was asked is not all the same.
    for (var verdict : Verdict.values()) {
      assertThat(here).anyMatch(line -> line.contains("verdict=" + verdict));
    }
    assertThat(here)
        .anyMatch(line -> line.contains("needed=[]"))
        .anyMatch(line -> line.contains("role=COMPLIANCE"))
        .anyMatch(line -> line.contains("id=escalate-restricted"))
        .anyMatch(line -> line.contains("Settled["));
  }

  /** The other program. */
  static final class Other {
    private Other() {}

    /** Prints what it decides, for a seed of the items and one of the order of their facts. */
    public static void main(String[] arguments) {
      decided(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]))
          .forEach(System.out::println);
    }
  }

  private static List<String> decided(long seed, long order) {
    var shuffling = new Random(order);
    var items = new RandomItems(seed);
    var proposals = new RandomProposals(seed);
    var decided = new ArrayList<String>();
    try (var rulebook = Rulesets.load(Given.STANDARD)) {
      var shuffled =
          rulebook.ordered(facts -> {
            var other = new ArrayList<>(facts);
            Collections.shuffle(other, shuffling);
            return other;
          });
      for (int i = 0; i < ITEMS; i++) {
        boolean clean = i % 5 == 0;
        var given = clean ? items.usual().reason(ReasonCode.AMOUNT_WITHIN_TOLERANCE) : items.edge();
        var question =
            given.question(clean ? proposals.match(given.money()) : proposals.candidates());
        var said = "Item %d: %s".formatted(i, AllPoints.of(shuffled, proposals.of(question)));
        decided.add(said.replaceAll("\\s+", " "));
      }
    }
    return decided;
  }
}
