package dev.signalbox.rules.hits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.Seeds;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimingTest {

  @Test
  void of_times_of_every_size_half_and_nearly_all_are_at_most_an_eighth_too_much() {
    Seeds.each(
        300,
        random -> {
          var times = random.longs(1 + random.nextInt(500)).map(any -> time(random)).toArray();
          var counter = new Timing.Counter();
          Arrays.stream(times).forEach(counter::add);
          Arrays.sort(times);

          var timing = counter.timing();

          assertThat(timing.asked()).isEqualTo(times.length);
          assertThat(timing.slowest().toNanos()).isEqualTo(times[times.length - 1]);
          near(timing.p50(), times[(times.length + 1) / 2 - 1]);
          near(timing.p99(), times[(times.length * 99 + 99) / 100 - 1]);
          assertThat(timing.mean().toNanos()).isEqualTo((long) mean(times));
        });
  }

  private static long time(Random random) {
    return random.nextLong(1L << 45) >>> random.nextInt(45);
  }

  private static double mean(long[] times) {
    return Math.floor((double) Arrays.stream(times).sum() / times.length);
  }

  private static void near(Duration told, long exact) {
    assertThat(told.toNanos()).isBetween(exact, exact + exact / 8);
  }

  @Test
  void before_the_first_question_there_is_nothing_to_tell() {
    assertThat(new Timing.Counter().timing())
        .isEqualTo(new Timing(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }
}
