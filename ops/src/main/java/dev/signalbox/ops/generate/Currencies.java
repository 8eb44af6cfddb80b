package dev.signalbox.ops.generate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;

/** The currencies of the generated reports, with round made-up rates. */
final class Currencies {
  private static final List<Currency> ALL =
      List.of(
          new Currency("EUR", 2, "1", 0.60),
          new Currency("USD", 2, "0.92", 0.18),
          new Currency("GBP", 2, "1.17", 0.09),
          new Currency("CHF", 2, "1.05", 0.06),
          new Currency("SEK", 2, "0.088", 0.04),
          new Currency("JPY", 0, "0.0061", 0.03));

  private Currencies() {}

  /**
   * A currency.
   *
   * @param euro what one unit is worth
   * @param share of the reports
   */
  record Currency(String code, int decimals, String euro, double share) {
    BigDecimal ofEuro(BigDecimal amount) {
      return amount.divide(new BigDecimal(euro), decimals, RoundingMode.HALF_EVEN);
    }

    BigDecimal inEuro(BigDecimal amount) {
      return amount.multiply(new BigDecimal(euro)).setScale(2, RoundingMode.HALF_EVEN);
    }
  }

  static Currency pick(Random random) {
    double chance = random.nextDouble();
    for (var currency : ALL) {
      chance -= currency.share();
      if (chance < 0) {
        return currency;
      }
    }
    return ALL.getFirst();
  }
}
