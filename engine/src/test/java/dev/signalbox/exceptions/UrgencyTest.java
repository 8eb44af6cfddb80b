package dev.signalbox.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is grave, large, risky or old comes first, and nothing waits for ever. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UrgencyTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "LOW,      1,         -,        false, PT0H",
        "MEDIUM,   1000,      LOW,      false, PT12H",
        "HIGH,     10000,     MEDIUM,   false, PT38H",
        "LOW,      31622.78,  -,        false, PT18H",
        "CRITICAL, 100000000, CRITICAL, true,  PT108H",
        "CRITICAL, -,         -,        true,  PT96H",
      })
  void an_item_is_brought_forward_by_what_weighs_on_it(
      Severity severity,
      @Nullable BigDecimal amount,
      @Nullable RiskTier risk,
      boolean restricted,
      Duration expected) {
    var counterparty = new Counterparty("cp", null, risk, restricted, false);

    assertThat(Urgency.forward(severity, amount, counterparty)).isEqualTo(expected);
  }

  @Test
  void what_weighs_more_never_comes_later() {
    Seeds.each(
        500,
        random -> {
          var severity = any(random, Severity.values());
          var amount = amount(random);
          var tier = any(random, RiskTier.values());
          boolean restricted = random.nextBoolean();
          var forward = forward(severity, amount, tier, restricted);

          assertThat(forward(Severity.CRITICAL, amount, tier, restricted))
              .isGreaterThanOrEqualTo(forward);
          assertThat(
                  forward(severity, amount.multiply(amount.add(BigDecimal.ONE)), tier, restricted))
              .isGreaterThanOrEqualTo(forward);
          assertThat(forward(severity, null, tier, restricted)).isGreaterThanOrEqualTo(forward);
          assertThat(forward(severity, amount, RiskTier.CRITICAL, restricted))
              .isGreaterThanOrEqualTo(forward);
          assertThat(forward(severity, amount, tier, true)).isGreaterThanOrEqualTo(forward);
          assertThat(forward).isBetween(Duration.ZERO, Urgency.FORWARD_MAX);
        });
  }

  /**
   * Urgency at an instant is how long an item is past its own: it grows by an hour in an hour. So
   * whoever comes late enough is behind, whatever it is and however much comes.
   */
  @Test
  void two_items_never_change_places_and_nothing_that_comes_late_enough_overtakes() {
    Seeds.each(
        500,
        random -> {
          var old = urgentAt(random, NOW);
          var other = urgentAt(random, NOW.plus(Duration.ofHours(random.nextInt(200))));
          var later = NOW.plus(Duration.ofHours(1 + random.nextInt(5_000)));
          assertThat(urgency(old, later).compareTo(urgency(other, later)))
              .isEqualTo(urgency(old, NOW).compareTo(urgency(other, NOW)));
          assertThat(urgency(old, later)).isGreaterThan(urgency(old, NOW));

          var cameAt = old.plus(Urgency.FORWARD_MAX);
          assertThat(urgentAt(random, cameAt)).isAfterOrEqualTo(old);
        });
  }

  private static Duration urgency(Instant urgentAt, Instant at) {
    return Duration.between(urgentAt, at);
  }

  /** Of an item that came at an instant, under whatever SLA. */
  private static Instant urgentAt(Random random, Instant cameAt) {
    var dueAt = cameAt.plus(Duration.ofMinutes(random.nextInt(20_000)));
    return dueAt.minus(
        forward(
            any(random, Severity.values()),
            random.nextInt(5) == 0 ? null : amount(random),
            any(random, RiskTier.values()),
            random.nextBoolean()));
  }

  private static Duration forward(
      Severity severity, @Nullable BigDecimal amount, RiskTier tier, boolean restricted) {
    return Urgency.forward(severity, amount, new Counterparty("cp", null, tier, restricted, false));
  }

  private static BigDecimal amount(Random random) {
    return BigDecimal.valueOf(random.nextLong(1L << random.nextInt(2, 40)), 2);
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
