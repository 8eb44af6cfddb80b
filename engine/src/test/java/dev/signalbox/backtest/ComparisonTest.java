package dev.signalbox.backtest;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.backtest.Backtest.Status;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Occasion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.RandomReports;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Seeds;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two rulesets say of the same facts, counted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComparisonTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private static Rulebook before;
  private static Rulebook after;

  @BeforeAll
  static void compile(@TempDir Path folder) {
    before =
        RulesetFolder.in(folder.resolve("before"))
            .classify(
                rule("low", "Item()", "classify.severity(Severity.LOW);"),
                rule("high", "Item( magnitude >= 1000B )", "classify.severity(Severity.HIGH);"),
                rule("gone", "Item( magnitude == 1B )", "classify.severity(Severity.LOW);"))
            .route(
                rule("junior", "Item()", "route.to(\"junior\");"),
                rule("senior", 10, "Item( magnitude >= 1000B )", "route.to(\"senior\");"))
            .load();
    after =
        RulesetFolder.in(folder.resolve("after"))
            .classify(
                rule("low", "Item()", "classify.severity(Severity.LOW);"),
                rule("high", "Item( magnitude >= 500B )", "classify.severity(Severity.HIGH);"),
                rule(
                    "old",
                    "Item( transactionAgeHours >= 24 )",
                    "classify.severity(Severity.CRITICAL);"))
            .route(
                rule("junior", "Item( magnitude < 5000B )", "route.to(\"junior\");"),
                rule(
                    "senior",
                    10,
                    "Item( magnitude >= 1000B, magnitude < 5000B )",
                    "route.to(\"senior\").immediate();"),
                rule("never", 20, "Item( recurrences > 90 )", "route.to(\"never\");"))
            .resolve(
                rule("known", "Item( magnitude == 7B )", "resolve.knownDifference(\"Fees.\");"))
            .approve(rule("boss", "Item()", "approve.by(\"BOSS\");"))
            .load();
  }

  @AfterAll
  static void close() {
    before.close();
    after.close();
  }

  @Test
  void each_exception_counts_once_with_its_amount_in_every_table() {
    var found =
        compared(
            at(NOW, item("1", "100.00")),
            at(NOW, item("2", "700.00")),
            at(NOW, item("3", "1000.00")),
            at(NOW, item("4", "9000.00")),
            at(NOW, item("5", "7.00")));

    assertThat(found.exceptions()).isEqualTo(5);
    assertThat(found.changed()).isEqualTo(4);
    assertThat(found.changedPercent()).isEqualByComparingTo("80.00");
    assertThat(found.severity()).isEqualTo(new Backtest.Severities(1, 0));
    assertThat(found.unrouted()).isEqualTo(new Backtest.Both(0, 1));
    assertThat(found.money().compared()).isEqualByComparingTo("10807");
    assertThat(found.money().changed()).isEqualByComparingTo("10707");
    assertThat(found.sla().shorter()).isEqualTo(1);
    assertThat(found.sla().after() - found.sla().before()).isEqualTo((72 - 168) * 60);
    assertThat(cells(found, Dimension.SEVERITY))
        .containsExactly("HIGH → HIGH 2 10000", "LOW → HIGH 1 700", "LOW → LOW 2 107");
    assertThat(cells(found, Dimension.QUEUE))
        .containsExactly(
            "junior → junior 3 807", "senior → (unrouted) 1 9000", "senior → senior 1 1000");
    assertThat(cells(found, Dimension.LANE))
        .containsExactly(
            "BATCH → (unrouted) 1 9000", "BATCH → BATCH 3 807", "BATCH → IMMEDIATE 1 1000");
    assertThat(cells(found, Dimension.RESOLUTION))
        .containsExactly("(people) → (people) 4 10800", "(people) → KNOWN_DIFFERENCE 1 7");
    assertThat(cells(found, Dimension.APPROVALS))
        .containsExactly("(none) → (none) 4 10800", "(none) → BOSS 1 7");
    var raised = found.tables().getFirst().cells().get(1);
    assertThat(raised.examples()).containsExactly(item("2", "700.00").caseId());
  }

  @Test
  void the_first_decision_at_which_they_differ_is_the_one_that_counts() {
    var item = item("1", "100.00");

    var found = compared(at(NOW, item), at(NOW.plus(Duration.ofHours(30)), item));

    assertThat(found.exceptions()).isEqualTo(1);
    assertThat(found.decisions()).isEqualTo(2);
    assertThat(cells(found, Dimension.SEVERITY)).containsExactly("LOW → CRITICAL 1 100");
  }

  @Test
  void rules_are_new_fall_silent_fire_or_are_gone() {
    var found = compared(at(NOW.plus(Duration.ofHours(30)), item("1", "9000.00")));

    assertThat(found.rules())
        .extracting(rule -> rule.id() + " " + rule.status())
        .contains(
            "gone " + Status.REMOVED,
            "high " + Status.FIRES,
            "junior " + Status.FALLS_SILENT,
            "known " + Status.SILENT,
            "never " + Status.SILENT,
            "old " + Status.NEW,
            "senior " + Status.FALLS_SILENT);
    assertThat(found.rules().stream().filter(rule -> rule.id().equals("old")).findFirst())
        .hasValueSatisfying(rule -> {
          assertThat(rule.before()).isZero();
          assertThat(rule.after()).isEqualTo(1);
          assertThat(rule.examples()).hasSize(1);
        });
  }

  @Test
  void what_was_erased_is_counted_and_not_compared() {
    var whole = at(NOW, item("1", "700.00"));
    var comparison = new Comparison(before, after);
    comparison.take(
        new Moment(
            whole.exception(), 1, Occasion.OPENED, NOW, whole.question(), true, whole.said()));
    comparison.end(whole.exception());

    assertThat(comparison.result().exceptions()).isEqualTo(1);
    assertThat(comparison.result().erased()).isEqualTo(1);
    assertThat(comparison.result().changed()).isZero();
    assertThat(comparison.result().changedPercent()).isEqualByComparingTo("0");
  }

  @Test
  void limits_are_kept_or_told_in_sentences() {
    var found = compared(at(NOW, item("1", "100.00")), at(NOW, item("2", "9000.00")));

    assertThat(Limits.NONE.broken(found)).isEmpty();
    assertThat(new Limits(new BigDecimal("50"), 0L, 0L, 1L, 0L, 9L).broken(found)).isEmpty();
    assertThat(new Limits(new BigDecimal("49.9"), null, null, 0L, null, 1L).broken(found))
        .containsExactly(
            "1 of 2 exceptions would change: 50.00 %, and 49.9 % may.",
            "1 exceptions would not be routed, and 0 may.",
            "5 rules of the candidate take part in nothing, and 1 may.");
  }

  @Test
  void the_same_exceptions_in_any_order_and_any_parts_give_the_same_bytes() {
    Seeds.each(5, ComparisonTest::anyOrder);
  }

  private static void anyOrder(Random random) {
    var reports = new RandomReports(random);
    var moments = new ArrayList<Moment>();
    for (int i = 0; i < 200; i++) {
      moments.add(at(NOW.plusSeconds(random.nextInt(1_000_000)), reports.report()));
    }
    var straight = bytes(compared(moments.toArray(Moment[]::new)));

    Collections.shuffle(moments, random);
    var whole = new Comparison(before, after);
    int from = 0;
    while (from < moments.size()) {
      int to = Math.min(moments.size(), from + 1 + random.nextInt(50));
      var part = new Comparison(before, after);
      moments.subList(from, to).forEach(moment -> take(part, moment));
      whole.join(part);
      from = to;
    }

    assertThat(bytes(whole.result())).isEqualTo(straight);
  }

  private static String bytes(Backtest found) {
    return BacktestJson.write(found, "a test").toString();
  }

  private static void take(Comparison comparison, Moment moment) {
    comparison.take(moment);
    comparison.end(moment.exception());
  }

  /** Moments of one exception follow each other. */
  private static Backtest compared(Moment... moments) {
    var comparison = new Comparison(before, after);
    for (int i = 0; i < moments.length; i++) {
      comparison.take(moments[i]);
      if (i + 1 == moments.length || !moments[i + 1].exception().equals(moments[i].exception())) {
        comparison.end(moments[i].exception());
      }
    }
    return comparison.result();
  }

  private static ExceptionReport item(String ref, String amount) {
    return Reports.report(ref, NOW.minus(Duration.ofHours(1))).of(amount).build();
  }

  private static Moment at(Instant asOf, ExceptionReport report) {
    return new Moment(
        report.caseId(),
        1,
        Occasion.OPENED,
        asOf,
        new Question(report, Detection.first(NOW), asOf),
        false,
        Moment.Said.NOTHING);
  }

  private static List<String> cells(Backtest found, Dimension dimension) {
    return found.tables().stream()
        .filter(table -> table.dimension() == dimension)
        .flatMap(table -> table.cells().stream())
        .map(cell ->
            "%s → %s %d %s"
                .formatted(
                    cell.from(),
                    cell.to(),
                    cell.count(),
                    cell.amount().stripTrailingZeros().toPlainString()))
        .toList();
  }
}
