package dev.signalbox.exceptions;

import java.util.Currency;

/** An ISO 4217 currency that money can be held in: three letters, with a known minor unit. */
public record CurrencyCode(String value) {

  /**
   * @throws IllegalArgumentException when ISO 4217 has no such currency, or it has no minor unit
   */
  public CurrencyCode {
    if (minorUnit(value) < 0) {
      throw new IllegalArgumentException(
          "\"" + value + "\" has no minor unit (ISO 4217), so no amount can be held in it.");
    }
  }

  /** Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD. */
  public int minorUnit() {
    return minorUnit(value);
  }

  private static int minorUnit(String code) {
    try {
      return Currency.getInstance(code).getDefaultFractionDigits();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\""
              + code
              + "\" is not a currency of ISO 4217. Maybe use three capital letters, e.g. EUR.",
          e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
