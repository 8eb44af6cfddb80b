package dev.signalbox.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MoneyTest {

  @ParameterizedTest
  @CsvSource({"1.0, 1.00", "0, 0.00", "-0.0, 0", "100, 1E+2"})
  void money_is_equal_by_value(String one, String other) {
    assertThat(Money.of(one, "EUR"))
        .isEqualTo(Money.of(other, "EUR"))
        .hasSameHashCodeAs(Money.of(other, "EUR"));
  }

  @Test
  void another_currency_is_other_money() {
    assertThat(Money.of("1", "EUR")).isNotEqualTo(Money.of("1", "USD"));
  }

  @Test
  void money_is_shown_without_an_exponent() {
    assertThat(Money.of("1E+3", "EUR")).hasToString("1000 EUR");
    assertThat(Money.of("-0.00000001", "EUR").plain()).isEqualTo("-0.00000001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999999999999999999999",
        "-999999999999999999999999999999.99999999",
        "0.00000001"
      })
  void up_to_38_digits_and_8_decimals_are_money(String amount) {
    assertThat(Money.of(amount, "EUR").plain()).isEqualTo(amount);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000000000000000000000000000000000", "1e38", "1e20000000"})
  void more_digits_are_refused_before_any_arithmetic(String amount) {
    var began = System.nanoTime();

    assertThatThrownBy(() -> Money.of(amount, "EUR"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An amount has at most 38 digits; this one needs more.");

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void more_decimals_are_refused() {
    assertThatThrownBy(() -> Money.of("0.000000001", "EUR"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An amount has at most 8 decimals; this one has 9.");
  }

  @ParameterizedTest
  @CsvSource({"EUR, 2", "JPY, 0", "KWD, 3"})
  void a_currency_knows_its_minor_unit(String code, int minorUnit) {
    assertThat(new CurrencyCode(code).minorUnit()).isEqualTo(minorUnit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eur  | "eur" is not a currency of ISO 4217. Maybe use three capital letters, e.g. EUR.
          EURO | "EURO" is not a currency of ISO 4217. Maybe use three capital letters, e.g. EUR.
          XAU  | "XAU" has no minor unit (ISO 4217), so no amount can be held in it.
          """)
  void what_no_amount_can_be_held_in_is_refused(String code, String message) {
    assertThatThrownBy(() -> new CurrencyCode(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
