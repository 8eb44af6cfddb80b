package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.Severity;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulebookTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Rulebook STANDARD =
      Rulebook.of(
          Path.of(System.getProperty("signalbox.root", ".."), "rules-repo/rulesets/standard"));

  @Test
  void a_decision_names_its_ruleset_and_the_rules_that_led_to_it() {
    var assessment = STANDARD.assess(question("12000", Duration.ofHours(1)));

    assertThat(assessment.classification().decision().severity()).isEqualTo(Severity.HIGH);
    assertThat(assessment.classification().decision().sla()).isEqualTo(Duration.ofHours(72));
    assertThat(assessment.classification().ruleset()).isEqualTo(STANDARD.digest());
    assertThat(assessment.classification().fired())
        .extracting(rule -> rule.id())
        .containsExactly("severity.high.amount", "severity.low");
    assertThat(assessment.routing().decision())
        .isInstanceOfSatisfying(
            Route.class, route -> assertThat(route.queue().value()).isEqualTo("treasury"));
  }

  @Test
  void the_next_decision_is_due_when_the_next_age_threshold_is_reached() {
    var assessment = STANDARD.assess(question("1", Duration.ofHours(30)));

    assertThat(assessment.classification().decision().redecideAt())
        .isEqualTo(NOW.plus(Duration.ofHours(42)));
  }

  private static Question question(String amount, Duration age) {
    var report =
        new ExceptionReport(
            new ItemIdentity("default", "bank", "1", null),
            ReasonCode.FX_VARIANCE,
            null,
            new Money(new BigDecimal(amount), new CurrencyCode("EUR")),
            null,
            NOW.minus(age),
            null,
            null,
            null,
            List.of(),
            null,
            List.of(),
            Map.of(),
            null);
    return new Question(report, Detection.first(NOW), NOW);
  }
}
