package dev.signalbox.exceptions;

import java.math.BigDecimal;

/**
 * A signed amount in a currency: at most 38 digits, and at most 8 decimals (more than any minor
 * unit, since prices and rates leave finer residues). Equal by value: 1.0 EUR is 1.00 EUR.
 */
public record Money(BigDecimal amount, CurrencyCode currency) {
  public static final int DIGITS_MAX = 38;
  public static final int DECIMALS_MAX = 8;

  /**
   * @throws IllegalArgumentException when the amount has too many digits or decimals
   */
  public Money {
    checkDigits(amount);
  }

  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), new CurrencyCode(currency));
  }

  /**
   * Looks at precision and scale only, which is cheap; arithmetic on a number such as 1e20000000
   * would take seconds.
   */
  static void checkDigits(BigDecimal amount) {
    int integerDigits = amount.precision() - amount.scale();
    if (amount.precision() > DIGITS_MAX || integerDigits > DIGITS_MAX) {
      throw new IllegalArgumentException(
          "An amount has at most %d digits; this one needs more.".formatted(DIGITS_MAX));
    }
    if (amount.scale() > DECIMALS_MAX) {
      throw new IllegalArgumentException(
          "An amount has at most %d decimals; this one has %d."
              .formatted(DECIMALS_MAX, amount.scale()));
    }
  }

  /** The amount as text, without an exponent. */
  public String plain() {
    return amount.toPlainString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Money money
        && amount.compareTo(money.amount) == 0
        && currency.equals(money.currency);
  }

  @Override
  public int hashCode() {
    return 31 * amount.stripTrailingZeros().hashCode() + currency.hashCode();
  }

  @Override
  public String toString() {
    return plain() + " " + currency;
  }
}
