package dev.signalbox.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "1847, PT30M47S",
    "' 5 ', PT5S",
    "000000000000000000000005, PT5S",
    "'Mon, 02 Mar 2026 10:01:00 GMT', PT1M",
    "'Mon, 02 Mar 2026 09:00:00 GMT', PT0S"
  })
  void seconds_and_dates_are_read(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "1e9", "Mon, 32 Mar 2026"})
  void what_is_neither_is_nothing(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999999", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void what_asks_for_ages_is_no_less_than_years(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isGreaterThan(Duration.ofDays(10_000));
  }

  @Test
  void no_header_is_nothing() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
  }
}
