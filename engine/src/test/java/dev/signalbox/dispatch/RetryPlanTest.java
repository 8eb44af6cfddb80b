package dev.signalbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.Seeds;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryPlanTest {
  private static final RetryPlan PLAN =
      new RetryPlan(5, Duration.ofSeconds(2), Duration.ofMinutes(1));

  @Test
  void a_delay_lies_between_nothing_and_the_doubled_base_or_the_cap() {
    manyTimes(random -> {
      var plan = anyPlan(random);
      int attempt = 1 + random.nextInt(40);

      double chance = random.nextDouble();

      var delay = plan.delay(attempt, chance, null);

      var ceiling = ceiling(plan, attempt);
      assertThat(delay).isBetween(Duration.ZERO, ceiling);
      assertThat((double) delay.toMillis())
          .isCloseTo(ceiling.toMillis() * chance, Offset.offset(1 + ceiling.toMillis() * 1e-9));
    });
  }

  @Test
  void what_the_target_asks_for_is_obeyed_in_full_up_to_the_cap() {
    manyTimes(random -> {
      var plan = anyPlan(random);
      int attempt = 1 + random.nextInt(40);
      var asked = anyAsked(random);
      var atLeast = asked.compareTo(plan.cap()) < 0 ? asked : plan.cap();

      var delay = plan.delay(attempt, random.nextDouble(), asked);

      assertThat(delay).isBetween(atLeast, plan.cap());
      assertThat(delay).isGreaterThanOrEqualTo(Duration.ZERO);
    });
  }

  @Test
  void all_of_the_range_is_used() {
    var random = new Random(1);
    double sum = 0;
    int low = 0;
    int high = 0;
    for (int i = 0; i < 10_000; i++) {
      long delay = PLAN.delay(3, random.nextDouble(), null).toMillis();
      sum += delay;
      low += delay < 800 ? 1 : 0;
      high += delay >= 7_200 ? 1 : 0;
    }
    assertThat(sum / 10_000).isBetween(3_800.0, 4_200.0);
    assertThat(low).isBetween(850, 1_150);
    assertThat(high).isBetween(850, 1_150);
  }

  @Test
  void nothing_asked_or_nonsense_is_no_wait() {
    assertThat(PLAN.obeyed(null)).isZero();
    assertThat(PLAN.obeyed(Duration.ofSeconds(-5))).isZero();
    assertThat(PLAN.obeyed(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(PLAN.cap());
    assertThat(PLAN.obeyed(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
  }

  @Test
  void the_last_attempt_is_the_one_that_is_as_many_as_the_plan_has() {
    assertThat(PLAN.isSpent(4)).isFalse();
    assertThat(PLAN.isSpent(5)).isTrue();
    assertThat(PLAN.isSpent(6)).isTrue();
  }

  @Test
  void a_plan_without_sense_is_refused() {
    var second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new RetryPlan(0, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPlan(1, Duration.ZERO, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPlan(1, second, Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void manyTimes(Consumer<Random> property) {
    Seeds.each(
        20,
        random -> {
          for (int i = 0; i < 200; i++) {
            property.accept(random);
          }
        });
  }

  private static RetryPlan anyPlan(Random random) {
    var base = Duration.ofMillis(1L << random.nextInt(42)).plusNanos(random.nextInt(1_000_000));
    return new RetryPlan(
        1 + random.nextInt(20), base, base.multipliedBy(1 + random.nextInt(10_000)));
  }

  private static Duration anyAsked(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofSeconds(random.nextLong());
      case 1 -> Duration.ofMillis(random.nextInt());
      default -> Duration.ofSeconds(random.nextInt(100_000));
    };
  }

  private static Duration ceiling(RetryPlan plan, int attempt) {
    var doubled = BigInteger.valueOf(plan.base().toMillis()).shiftLeft(attempt - 1);
    var cap = BigInteger.valueOf(plan.cap().toMillis());
    return Duration.ofMillis(doubled.min(cap).longValueExact());
  }
}
