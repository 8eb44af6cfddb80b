package dev.signalbox.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.Seeds;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShrinkerTest {

  @Test
  void only_the_steps_that_it_takes_are_left_in_their_order() {
    var steps = IntStream.range(0, 57).boxed().toList();

    assertThat(Shrinker.minimal(steps, some -> some.contains(41) && some.contains(7)))
        .containsExactly(7, 41);
    assertThat(Shrinker.minimal(steps, some -> some.size() >= 9)).hasSize(9);
    assertThat(Shrinker.minimal(steps, some -> true)).isEmpty();
    assertThat(Shrinker.minimal(List.of(3), some -> some.contains(3))).containsExactly(3);
  }

  @Test
  void whatever_fails_no_step_of_the_rest_can_be_left_out() {
    Seeds.each(
        200,
        random -> {
          var steps = IntStream.range(0, 1 + random.nextInt(40)).boxed().toList();
          var bad = steps.stream().filter(step -> random.nextInt(5) == 0).toList();
          int enough = bad.isEmpty() ? 0 : 1 + random.nextInt(bad.size());

          var left =
              Shrinker.minimal(
                  steps, some -> some.stream().filter(bad::contains).count() >= enough);

          assertThat(left).hasSize(enough).isSubsetOf(bad).isSorted();
        });
  }
}
