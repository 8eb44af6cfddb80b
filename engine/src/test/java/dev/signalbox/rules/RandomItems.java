package dev.signalbox.rules;

import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Items from a seed: {@link #edge} crowds them around every literal of the standard ruleset. */
public final class RandomItems {
  private static final List<String> AMOUNTS = List.of("0", "1000", "10000", "100000", "1e37");
  private static final List<String> STEPS =
      List.of("0", "0.01", "-0.01", "0.00000001", "-0.00000001", "1", "-1", "0.00");
  private static final List<Long> HOURS = List.of(0L, 24L, 48L, 72L, 120L);
  private static final List<String> REGIMES =
      List.of("SOX", "AML", "CTF", "SANCTIONS", "GDPR", "X");

  private final Random random;

  public RandomItems(long seed) {
    random = new Random(seed);
  }

  /** An item at, or next to, a threshold in most of its parts. */
  public Given edge() {
    var currency = oneOf(List.of("EUR", "EUR", "USD", "KWD"));
    var item =
        new Given(
            oneOf(List.of(ReasonCode.values())),
            new Money(amount(), Money.of("0", currency).currency()),
            chance(40) ? amount() : null,
            age(),
            null,
            List.of(),
            random.nextInt(4),
            Map.of());
    return parties(item).touching(regimes());
  }

  /** An item as a feed sends it: most are small, young and harmless. */
  public Given usual() {
    var cents = BigDecimal.valueOf(Math.exp(6 + 2 * random.nextGaussian()));
    var age = (long) Math.exp(9.5 + 1.3 * random.nextGaussian());
    var item =
        Given.item()
            .reason(oneOf(List.of(ReasonCode.values())))
            .amount(cents.setScale(2, RoundingMode.HALF_UP).toPlainString(), "EUR")
            .aged(Duration.ofSeconds(age))
            .recurred(chance(2) ? 1 : 0)
            .with(oneOf(List.of(RiskTier.LOW, RiskTier.LOW, RiskTier.MEDIUM)), false, chance(50));
    return chance(3) ? item.touching(List.of("SOX")) : item;
  }

  private Given parties(Given item) {
    return chance(20)
        ? item
        : item.with(chance(20) ? null : oneOf(List.of(RiskTier.values())), chance(10), chance(50));
  }

  private BigDecimal amount() {
    var amount = new BigDecimal(oneOf(AMOUNTS)).add(new BigDecimal(oneOf(STEPS)));
    var scaled = chance(30) ? amount.setScale(8, RoundingMode.UNNECESSARY) : amount;
    var fits = scaled.precision() <= Money.DIGITS_MAX ? scaled : new BigDecimal(oneOf(AMOUNTS));
    return chance(50) ? fits : fits.negate();
  }

  private Duration age() {
    return Duration.ofHours(oneOf(HOURS))
        .plusSeconds(oneOf(List.of(0, 1, -1, 1_800, -1_800, 3_600, -3_600)))
        .plusNanos(oneOf(List.of(0, 1_000, -1_000)));
  }

  private List<String> regimes() {
    return chance(60)
        ? List.of()
        : random.ints(1 + random.nextInt(3), 0, REGIMES.size()).mapToObj(REGIMES::get).toList();
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T extends @Nullable Object> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
