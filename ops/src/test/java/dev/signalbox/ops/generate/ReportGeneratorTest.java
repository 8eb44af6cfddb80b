package dev.signalbox.ops.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whether generated reports look like those of the world they stand for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportGeneratorTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
  private static final int COUNT = 20_000;
  private static final List<JsonNode> REPORTS = reports(lines(7, COUNT));

  private static byte[] lines(long seed, int count) {
    var out = new ByteArrayOutputStream();
    try {
      new ReportGenerator(seed, NOW).write(count, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static List<JsonNode> reports(byte[] lines) {
    var reports = new ArrayList<JsonNode>();
    new String(lines, StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> {
          try {
            reports.add(JSON.readTree(line));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return reports;
  }

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    assertThat(lines(7, 500)).isEqualTo(lines(7, 500)).isNotEqualTo(lines(8, 500));
  }

  @Test
  void a_longer_run_begins_like_a_shorter_one() {
    assertThat(new String(lines(7, 500), StandardCharsets.UTF_8))
        .startsWith(new String(lines(7, 100), StandardCharsets.UTF_8));
  }

  @Test
  void every_report_is_accepted() {
    assertThat(REPORTS)
        .hasSize(COUNT)
        .allSatisfy(report ->
            assertThat(ReportReader.read(report.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReportReading.Reported.class));
  }

  @Test
  void two_in_a_hundred_repeat_an_earlier_item_some_of_them_in_conflict() {
    var substances = new HashMap<String, String>();
    int repeats = 0;
    int conflicts = 0;
    for (var report : REPORTS) {
      var known = substances.putIfAbsent(key(report), report.path("amount").asText());
      repeats += known == null ? 0 : 1;
      conflicts += known == null || known.equals(report.path("amount").asText()) ? 0 : 1;
    }
    assertThat(share(repeats)).isEqualTo(0.02, within(0.004));
    assertThat(share(conflicts)).isEqualTo(0.002, within(0.0012));
  }

  @Test
  void every_reason_comes_and_the_frequent_ones_in_their_share() {
    var counts = new EnumMap<ReasonCode, Integer>(ReasonCode.class);
    REPORTS.forEach(report ->
        counts.merge(ReasonCode.valueOf(report.path("reasonCode").asText()), 1, Integer::sum));
    assertThat(counts).containsOnlyKeys(ReasonCode.values());
    Map.of(
            ReasonCode.TIMING_MISMATCH, 0.22,
            ReasonCode.NO_CANDIDATE, 0.18,
            ReasonCode.AMOUNT_WITHIN_TOLERANCE, 0.12,
            ReasonCode.SOURCE_IMBALANCE, 0.01)
        .forEach((reason, expected) ->
            assertThat(share(counts.getOrDefault(reason, 0)))
                .as("%s", reason)
                .isEqualTo(expected, within(0.01)));
  }

  @Test
  void amounts_are_log_normal_around_the_median_in_several_currencies() {
    var euros =
        REPORTS.stream()
            .filter(report -> report.path("currency").asText().equals("EUR"))
            .mapToDouble(report -> Math.log(amount(report).abs().doubleValue()))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double mean = mean(euros, value -> value);
    double deviation = Math.sqrt(mean(euros, value -> (value - mean) * (value - mean)));
    double skew = mean(euros, value -> Math.pow((value - mean) / deviation, 3));
    double kurtosis = mean(euros, value -> Math.pow((value - mean) / deviation, 4));

    assertThat(euros[euros.length / 2]).isEqualTo(Math.log(420), within(0.1));
    assertThat(mean).isEqualTo(Math.log(420), within(0.1));
    assertThat(deviation).isEqualTo(1.9, within(0.1));
    assertThat(skew).as("a normal distribution is even").isEqualTo(0, within(0.1));
    assertThat(kurtosis).as("and neither flat nor peaked").isEqualTo(3, within(0.3));
    var currencies = new HashSet<String>();
    REPORTS.forEach(report -> currencies.add(report.path("currency").asText()));
    assertThat(currencies).containsExactlyInAnyOrder("EUR", "USD", "GBP", "CHF", "SEK", "JPY");
  }

  private static double mean(double[] values, ToDoubleFunction<Double> of) {
    double sum = 0;
    for (double value : values) {
      sum += of.applyAsDouble(value);
    }
    return sum / values.length;
  }

  @Test
  void counterparties_keep_their_risk_and_a_few_are_in_most_items() {
    var tiers = new HashMap<String, String>();
    var counts = new HashMap<String, Integer>();
    for (var report : REPORTS) {
      var party = report.path("counterparty");
      var id = party.path("id").asText();
      var tier = party.path("riskTier").asText();
      assertThat(tiers.merge(id, tier, (before, now) -> before)).isEqualTo(tier);
      counts.merge(id, 1, Integer::sum);
    }
    assertThat(tiers.values()).contains("LOW", "MEDIUM", "HIGH", "CRITICAL");
    int busiest = counts.values().stream().sorted((a, b) -> b - a).limit(80).mapToInt(n -> n).sum();
    assertThat(share(busiest)).as("the busiest fifth").isGreaterThan(0.45);
  }

  @Test
  void most_items_are_young_and_some_are_old_enough_to_be_critical_by_age() {
    assertThat(share(olderThan(24))).isEqualTo(0.28, within(0.03));
    assertThat(share(olderThan(120))).isEqualTo(0.05, within(0.02));
    assertThat(olderThan(0)).isEqualTo(COUNT);
  }

  @Test
  void near_misses_are_near() {
    long near = 0;
    for (var report : REPORTS) {
      for (var candidate : report.path("candidates")) {
        var ratio = amount(candidate).doubleValue() / amount(report).doubleValue();
        boolean tiny = amount(report).abs().compareTo(BigDecimal.ONE) < 0;
        boolean conflicting = report.path("amount").asText().equals("1.00");
        if (!tiny && !conflicting) {
          assertThat(ratio).as("%s", report).isBetween(0.97, 1.03);
        }
        assertThat(candidate.path("currency")).isEqualTo(report.path("currency"));
        near++;
      }
    }
    assertThat(near).isGreaterThan(COUNT / 2);
    assertThat(REPORTS)
        .filteredOn(report -> report.path("reasonCode").asText().equals("NO_CANDIDATE"))
        .allSatisfy(report -> assertThat(report.path("candidates")).isEmpty());
  }

  private static int olderThan(int hours) {
    var before = NOW.minus(Duration.ofHours(hours));
    return (int)
        REPORTS.stream()
            .filter(
                report -> !Instant.parse(report.path("transactionDate").asText()).isAfter(before))
            .count();
  }

  private static BigDecimal amount(JsonNode node) {
    return new BigDecimal(node.path("amount").asText());
  }

  private static String key(JsonNode report) {
    return report.path("source").asText() + " " + report.path("sourceRef").asText();
  }

  private static double share(int count) {
    return count / (double) COUNT;
  }
}
