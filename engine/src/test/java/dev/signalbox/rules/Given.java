package dev.signalbox.rules;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test puts to the rules: an item of 100 EUR, an hour old, without a counterparty, unless it
 * says otherwise.
 */
public record Given(
    ReasonCode reasonCode,
    Money money,
    @Nullable BigDecimal baseAmount,
    Duration age,
    @Nullable Counterparty counterparty,
    List<String> regulatory,
    int recurrences,
    Map<String, Object> attributes) {
  static final Instant AS_OF = Instant.parse("2026-03-02T12:00:00Z");
  public static final Path STANDARD =
      Path.of(System.getProperty("signalbox.root", ".."), "rules-repo/rulesets/standard");

  public static Given item() {
    return new Given(
        ReasonCode.OTHER,
        Money.of("100", "EUR"),
        null,
        Duration.ofHours(1),
        null,
        List.of(),
        0,
        Map.of());
  }

  Given reason(ReasonCode code) {
    return new Given(
        code, money, baseAmount, age, counterparty, regulatory, recurrences, attributes);
  }

  Given amount(String amount, String currency) {
    return new Given(
        reasonCode,
        Money.of(amount, currency),
        baseAmount,
        age,
        counterparty,
        regulatory,
        recurrences,
        attributes);
  }

  Given base(@Nullable BigDecimal amount) {
    return new Given(
        reasonCode, money, amount, age, counterparty, regulatory, recurrences, attributes);
  }

  Given aged(Duration duration) {
    return new Given(
        reasonCode, money, baseAmount, duration, counterparty, regulatory, recurrences, attributes);
  }

  Given with(@Nullable RiskTier tier, boolean restricted, boolean trusted) {
    return new Given(
        reasonCode,
        money,
        baseAmount,
        age,
        new Counterparty("c-1", null, tier, restricted, trusted),
        regulatory,
        recurrences,
        attributes);
  }

  Given touching(List<String> regimes) {
    return new Given(
        reasonCode, money, baseAmount, age, counterparty, regimes, recurrences, attributes);
  }

  Given recurred(int times) {
    return new Given(
        reasonCode, money, baseAmount, age, counterparty, regulatory, times, attributes);
  }

  Given attributes(Map<String, Object> tree) {
    return new Given(
        reasonCode, money, baseAmount, age, counterparty, regulatory, recurrences, tree);
  }

  public Question question(Candidate... candidates) {
    var report =
        new ExceptionReport(
            new ItemIdentity("default", "bank-a-mt940", "1", null),
            reasonCode,
            null,
            money,
            baseAmount,
            AS_OF.minus(age),
            null,
            null,
            counterparty,
            regulatory,
            null,
            List.of(candidates),
            attributes,
            null);
    return new Question(report, new Detection(AS_OF, AS_OF, recurrences), AS_OF);
  }
}
