package dev.signalbox.exceptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.RandomReports;
import dev.signalbox.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids and hashes last longer than any version; the expected ones are by another program. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdentityTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "default, bank-a-mt940, ref-1, -,       3b8569d1-792a-8f3f-8c0c-3de77ae8af41",
        "default, bank-a-mt940, ref-1, 2026-03, 522d759a-af4b-82c8-8ad3-3cad67b64428",
        "default, bank-a-mt940, ref-1, '',      3bbcdfde-e1b0-82aa-9e27-dfa7501e7410",
        "a,       bc,           x,     -,       425493c4-84e9-86af-8774-3512ca003d5b",
        "ab,      c,            x,     -,       3cc7bc9a-1297-8585-989e-db91cc717ab1",
      })
  void an_item_has_this_id_on_every_node_and_for_ever(
      String context, String source, String sourceRef, @Nullable String period, String id) {
    var caseId = CaseId.of(context, source, sourceRef, period);

    assertThat(caseId).hasToString(id).isEqualTo(CaseId.parse(id));
    assertThat(caseId.value().version()).isEqualTo(8);
    assertThat(caseId.value().variant()).isEqualTo(2);
  }

  @Test
  void a_dispatch_has_this_id_on_every_node_and_for_ever() {
    assertThat(DispatchId.of(CaseId.parse("3b8569d1-792a-8f3f-8c0c-3de77ae8af41"), 3))
        .hasToString("9676dd56-b6d4-85ec-90e4-6a16293dffa1");
  }

  @Test
  void ids_are_ordered_by_unsigned_bytes_as_postgresql_does() {
    assertThat(new CaseId(new UUID(0x7FFFFFFFFFFFFFFFL, -1)))
        .isLessThan(new CaseId(new UUID(0x8000000000000000L, 0)));
    assertThat(new CaseId(new UUID(1, Long.MAX_VALUE)))
        .isLessThan(new CaseId(new UUID(1, Long.MIN_VALUE)));
  }

  @Test
  void a_report_has_these_hashes_for_ever() {
    assertThat(report().substanceHash())
        .hasToString("0badbc7a5d232dd9b45809ea0a16aab01ff179701a9941390c10d6bd400ed413");
    assertThat(report().contentHash())
        .hasToString("99ff088afbf07debe1d6a19c3571cccbd367736e32eb824c8ce69b306bec5039");
  }

  @Test
  void observations_change_the_content_and_not_the_substance() {
    Seeds.each(
        500,
        random -> {
          var reports = new RandomReports(random);
          var report = reports.report();
          var again = reports.again(report);

          assertThat(again.substanceHash()).isEqualTo(report.substanceHash());
          assertThat(again.contentHash().equals(report.contentHash()))
              .isEqualTo(again.equals(report));
          assertThat(reports.conflicting(report).substanceHash())
              .isNotEqualTo(report.substanceHash());
        });
  }

  @Test
  void a_change_of_any_part_of_the_raw_record_changes_the_content() {
    var spaced = with(Map.of("branch", "042"), new Payload("{\"raw\": 1}"));

    assertThat(spaced.contentHash()).isNotEqualTo(report().contentHash());
  }

  @Test
  void the_order_of_the_members_of_attributes_and_the_digits_of_a_number_do_not_matter() {
    var one = new LinkedHashMap<String, Object>();
    one.put("a", new BigDecimal("1.0"));
    one.put("b", List.of("x"));
    var other = new LinkedHashMap<String, Object>();
    other.put("b", List.of("x"));
    other.put("a", new BigDecimal("1.00"));

    assertThat(with(one, null).contentHash()).isEqualTo(with(other, null).contentHash());
  }

  @Test
  void no_two_kinds_of_attributes_are_the_same() {
    var kinds =
        List.<Object>of(
            "1", new BigDecimal("1"), true, "true", List.of(), Map.of(), List.of("1"), "null");

    assertThat(kinds.stream().map(kind -> with(Map.of("x", kind), null).contentHash()))
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_no_digest_is_refused() {
    assertThatThrownBy(() -> new Sha256("abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"abc\" is not a SHA-256 digest in hexadecimal.");
  }

  private static ExceptionReport report() {
    return with(Map.of("branch", "042"), new Payload("{\"raw\":1}"));
  }

  private static ExceptionReport with(Map<String, Object> attributes, @Nullable Payload payload) {
    return new ExceptionReport(
        new ItemIdentity("default", "bank-a-mt940", "ref-1", null),
        ReasonCode.OTHER,
        "Why.",
        Money.of("100.00", "EUR"),
        null,
        Instant.parse("2026-03-01T00:00:00Z"),
        NOW,
        new BigDecimal("0.50"),
        new Counterparty("cp-1", "Meier", RiskTier.LOW, false, true),
        List.of("SOX"),
        "1200",
        List.of(
            new Candidate(
                "L-1", "ledger", Money.of("99.50", "EUR"), "2026-03-01", BigDecimal.ONE, null)),
        attributes,
        payload);
  }
}
