package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Money;
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
    var candidates = new Random(seed);
    var decided = new ArrayList<String>();
    try (var rulebook = Rulesets.load(Given.STANDARD)) {
      var shuffled =
          rulebook.ordered(facts -> {
            var other = new ArrayList<>(facts);
            Collections.shuffle(other, shuffling);
            return other;
          });
      for (int i = 0; i < ITEMS; i++) {
        var question = items.edge().question(candidates(candidates));
        var assessment = shuffled.assess(question);
        var severity = assessment.classification().decision().severity();
        var said = "Item %d: %s; %s".formatted(i, assessment, shuffled.resolve(question, severity));
        decided.add(said.replaceAll("\\s+", " "));
      }
    }
    return decided;
  }

  private static Candidate[] candidates(Random random) {
    var candidates = new Candidate[random.nextInt(4)];
    for (int i = 0; i < candidates.length; i++) {
      var amount = Integer.toString(99 + random.nextInt(3));
      candidates[i] =
          new Candidate("c" + i, null, Money.of(amount, "EUR"), null, null, "ref-" + i % 2);
    }
    return candidates;
  }
}
