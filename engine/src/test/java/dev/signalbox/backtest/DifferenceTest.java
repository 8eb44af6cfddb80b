package dev.signalbox.backtest;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.backtest.Difference.Way;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Lifecycle;
import dev.signalbox.exceptions.Outcome;
import dev.signalbox.exceptions.Settlement;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.recall.Moment;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a candidate would have changed of what was committed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DifferenceTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Actor SOMEBODY = new Actor.Person("bank-a");

  @TempDir private Path parent;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Rulebook active;

  @BeforeEach
  void compile() {
    active = loaded(folder("active"));
  }

  @AfterEach
  void close() throws Exception {
    for (var one : open) {
      one.close();
    }
  }

  private RulesetFolder folder(String name) {
    return RulesetFolder.in(parent.resolve(name))
        .classify(
            rule("low", "Item()", "classify.severity(Severity.LOW);"),
            rule("old", "Item( transactionAgeHours >= 24 )", "classify.severity(Severity.HIGH);"))
        .route(rule("junior", "Item()", "route.to(\"junior\"); route.flag(\"SOX\");"))
        .resolve(rule("known", "Item( magnitude == 7B )", "resolve.knownDifference(\"Fees.\");"))
        .approve(
            rule("nobody", "Proposal( magnitude <= 5000B )", "approve.byNobody();"),
            rule("boss", "Proposal( magnitude > 5000B )", "approve.by(\"BOSS\");"));
  }

  private Rulebook loaded(RulesetFolder folder) {
    var rulebook = folder.load();
    open.add(rulebook);
    return rulebook;
  }

  private static ExceptionReport item(String amount) {
    return Reports.report("1", NOW).of(amount).build();
  }

  /** As the desk decides it, with the ruleset that is active here. */
  private List<CaseEvent> opening(ExceptionReport report) {
    var question = new Question(report, Detection.first(detected(report)), NOW);
    var assessed = active.assess(question);
    return events(
        Lifecycle.decide(
            report.caseId(),
            null,
            new CaseCommand.Open(report, NOW, assessed, settled(question, assessed)),
            NOW));
  }

  private @Nullable Settlement settled(Question question, Assessment assessed) {
    return assessed.routing().decision() instanceof Route
        ? active.settle(question, assessed.classification().decision().severity())
        : null;
  }

  private static Instant detected(ExceptionReport report) {
    return report.detectedAt() == null ? NOW : report.detectedAt();
  }

  private static List<CaseEvent> events(Outcome outcome) {
    return ((Outcome.Accepted) outcome).events();
  }

  private static List<JournalEntry> entries(
      ExceptionReport report, long from, Instant at, List<CaseEvent> events) {
    var entries = new ArrayList<JournalEntry>();
    for (var event : events) {
      entries.add(
          new JournalEntry(report.caseId(), from + entries.size(), at, SOMEBODY, null, event));
    }
    return entries;
  }

  private static List<Moment> among(@Nullable ExceptionCase before, List<JournalEntry> events) {
    var moments = new ArrayList<Moment>();
    Moment.among(before, events, moments::add, proposed -> {});
    return moments;
  }

  private Moment opened(ExceptionReport report) {
    return among(null, entries(report, 1, NOW, opening(report))).getFirst();
  }

  private static Difference different(Moment moment, Rulebook candidate) {
    var difference = Difference.of(moment, candidate);
    if (difference == null) {
      throw new AssertionError("Nothing was decided.");
    }
    return difference;
  }

  @Test
  void the_ruleset_that_decided_and_one_that_says_the_same_do_not_differ() {
    var same = loaded(folder("same"));
    for (var amount : List.of("7.00", "100.00", "9000.00")) {
      assertThat(different(opened(item(amount)), active).isNone()).as(amount).isTrue();
      assertThat(different(opened(item(amount)), same).isNone()).as(amount).isTrue();
    }
  }

  @Test
  void each_way_in_which_a_candidate_differs_is_named_with_the_rules() {
    var other =
        loaded(
            folder("other")
                .classify(rule("medium", "Item()", "classify.severity(Severity.MEDIUM);"))
                .route(
                    rule("junior", "Item()", "route.to(\"junior\");"),
                    rule(
                        "senior",
                        9,
                        "Item()",
                        "route.to(\"senior\").immediate(); route.flag(\"FX\");")));

    var found = different(opened(item("100.00")), other);

    assertThat(found.ways())
        .containsExactly(
            new Way(Dimension.SEVERITY, "LOW", "MEDIUM"),
            new Way(Dimension.QUEUE, "junior", "senior"),
            new Way(Dimension.LANE, "BATCH", "IMMEDIATE"),
            new Way(Dimension.FLAGS, "SOX", "FX"),
            new Way(Dimension.SLA, "168h", "120h"));
    assertThat(found.firing()).containsExactly("medium", "senior");
    assertThat(found.silent()).containsExactly("low");
    assertThat(found.failure()).isNull();
  }

  @Test
  void what_rules_settle_is_compared_as_it_took_effect() {
    var strict =
        loaded(folder("strict").approve(rule("boss", "Proposal()", "approve.by(\"BOSS\");")));
    var bold =
        loaded(
            folder("bold").resolve(rule("fees", "Item()", "resolve.knownDifference(\"Fees.\");")));

    var asks = different(opened(item("7.00")), strict);
    assertThat(asks.ways())
        .containsExactly(
            new Way(Dimension.RESOLUTION, "KNOWN_DIFFERENCE", "(people)"),
            new Way(Dimension.APPROVALS, "(nobody)", "BOSS"));
    assertThat(asks.firing()).containsExactly("boss");
    assertThat(asks.silent()).containsExactly("nobody");

    var settles = different(opened(item("100.00")), bold);
    assertThat(settles.ways())
        .containsExactly(new Way(Dimension.RESOLUTION, "(people)", "KNOWN_DIFFERENCE"));
    assertThat(settles.firing()).containsExactly("fees", "nobody");
    assertThat(different(opened(item("9000.00")), bold).isNone()).isTrue();
  }

  @Test
  void a_candidate_that_fails_closed_is_a_failure_with_its_reason() {
    var silent =
        loaded(
            folder("silent")
                .classify(
                    rule("some", "Item( magnitude > 5B )", "classify.severity(Severity.LOW);")));

    assertThat(different(opened(item("100.00")), silent).failure()).isNull();
    assertThat(different(opened(item("1.00")), silent).failure())
        .startsWith("FAILED_CLOSED: No rule of small@");
  }

  @Test
  void an_age_threshold_is_compared_by_its_severity_alone() {
    var other =
        loaded(
            folder("other")
                .classify(
                    rule("low", "Item()", "classify.severity(Severity.LOW);"),
                    rule(
                        "old",
                        "Item( transactionAgeHours >= 24 )",
                        "classify.severity(Severity.MEDIUM);"))
                .route(rule("senior", "Item()", "route.to(\"senior\");")));
    var report = item("100.00");
    var opening = opening(report);
    var state = state(opening);
    var later = NOW.plus(Duration.ofHours(30));
    var again = active.assess(new Question(state.report(), state.detection(), later));
    var events =
        events(Lifecycle.decide(state.id(), state, new CaseCommand.Reclassify(again), later));

    var moments = among(state, entries(report, state.version() + 1, later, events));

    assertThat(moments).hasSize(1);
    var found = different(moments.getFirst(), other);
    assertThat(found.ways())
        .containsExactly(
            new Way(Dimension.SEVERITY, "HIGH", "MEDIUM"), new Way(Dimension.SLA, "72h", "120h"));
    assertThat(found.firing()).isEmpty();
    assertThat(found.silent()).isEmpty();
  }

  @Test
  void a_report_that_comes_again_and_changes_nothing_was_no_decision() {
    var report = item("100.00");
    var state = state(opening(report));
    var again = Reports.report("1", NOW).of("100.00").detectedAt(NOW.plusSeconds(9)).build();
    var question = new Question(again, state.detection(), NOW.plusSeconds(9));
    var assessed = active.assess(question);
    var events =
        events(
            Lifecycle.decide(
                state.id(),
                state,
                new CaseCommand.ReportAgain(again, NOW, assessed, settled(question, assessed)),
                NOW.plusSeconds(9)));
    assertThat(events).isNotEmpty();

    var moments = among(state, entries(report, state.version() + 1, NOW.plusSeconds(9), events));

    assertThat(moments).allSatisfy(one -> assertThat(Difference.of(one, active)).isNull());
  }

  private static ExceptionCase state(List<CaseEvent> events) {
    var state = ExceptionCase.from((CaseEvent.Opened) events.getFirst(), NOW);
    for (var event : events.subList(1, events.size())) {
      state = state.after(event, NOW);
    }
    return state;
  }
}
