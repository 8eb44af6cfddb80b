package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.Party;
import dev.signalbox.rules.facts.PartyRisk;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FactsTest {
  @TempDir private static Path folder;
  private static Rulebook rulebook;

  @BeforeAll
  static void load() {
    rulebook = RulesetFolder.in(folder).load();
  }

  @AfterAll
  static void close() {
    rulebook.close();
  }

  @Test
  void the_magnitude_is_the_base_amount_or_else_an_amount_in_the_reporting_currency() {
    var own = facts(item().amount("-12.50", "EUR"));
    assertThat(own.amount()).isEqualByComparingTo("-12.50");
    assertThat(own.magnitude()).isEqualByComparingTo("12.50");
    assertThat(own.magnitudeKnown()).isTrue();
    var converted = facts(item().amount("-12.50", "USD").base(new BigDecimal("-11")));
    assertThat(converted.magnitude()).isEqualByComparingTo("11");
    assertThat(converted.currency()).isEqualTo("USD");
  }

  @Test
  void a_magnitude_that_nobody_knows_is_larger_than_any() {
    var unknown = facts(item().amount("12.50", "USD"));
    assertThat(unknown.magnitudeKnown()).isFalse();
    assertThat(unknown.magnitude())
        .isEqualTo(Item.UNKNOWN_MAGNITUDE)
        .isGreaterThan(new BigDecimal("9".repeat(38)));
  }

  @Test
  void there_always_is_a_counterparty() {
    assertThat(facts(item()).counterparty())
        .isEqualTo(new Party("", false, PartyRisk.UNKNOWN, false, false));
    assertThat(facts(item().with(null, true, false)).counterparty())
        .isEqualTo(new Party("c-1", true, PartyRisk.UNKNOWN, true, false));
    assertThat(facts(item().with(RiskTier.CRITICAL, false, true)).counterparty())
        .isEqualTo(new Party("c-1", true, PartyRisk.CRITICAL, false, true));
  }

  @Test
  void an_age_counts_whole_hours_from_the_transaction() {
    assertThat(facts(item().aged(Duration.ofMinutes(59))).transactionAgeHours()).isZero();
    assertThat(facts(item().aged(Duration.ofMinutes(60))).transactionAgeHours()).isEqualTo(1);
    assertThat(facts(item().aged(Duration.ofHours(24).minusNanos(1))).transactionAgeHours())
        .isEqualTo(23);
  }

  @Test
  void a_transaction_date_in_the_future_does_not_keep_an_item_young() {
    var question = item().aged(Duration.ofDays(-30)).question();
    var detection = Detection.first(question.asOf().minus(30, ChronoUnit.HOURS));
    var again = new Question(question.report(), detection, question.asOf());
    assertThat(rulebook.facts(again).transactionAgeHours()).isEqualTo(30);
  }

  @Test
  void the_next_decision_falls_on_the_threshold_and_never_a_moment_before_it() {
    var at = redecideAt(item().aged(Duration.ofHours(23)));
    assertThat(at).isEqualTo(Given.AS_OF.plus(Duration.ofHours(1)));
    assertThat(redecideAt(item().aged(Duration.ofHours(24)))).isNull();
    // A database that keeps microseconds would cut the instant to one at which nothing changes.
    var fine = redecideAt(item().aged(Duration.ofHours(23).minusNanos(1)));
    assertThat(fine).isEqualTo(Given.AS_OF.plus(Duration.ofHours(1)).plusNanos(1_000));
  }

  private static @Nullable Instant redecideAt(Given given) {
    return rulebook.assess(given.question()).classification().decision().redecideAt();
  }

  private static Item facts(Given given) {
    return rulebook.facts(given.question());
  }
}
