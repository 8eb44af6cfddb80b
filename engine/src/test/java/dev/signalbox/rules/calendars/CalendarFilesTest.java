package dev.signalbox.rules.calendars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.scenarios.Scenarios;
import dev.signalbox.testkit.Reports;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calendars as files of a ruleset. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CalendarFilesTest {
  /** A Friday afternoon. */
  private static final Instant FRIDAY = Instant.parse("2026-03-06T15:00:00Z");

  private static final String MANIFEST =
      """
      name: small
      description: For tests.
      owner: tests
      reportingCurrency: EUR
      ageThresholds: [24h]
      sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 4h}
      """;

  private static final String BERLIN =
      """
      zone: Europe/Berlin
      hours: ["09:00-17:00"]
      """;

  @TempDir private Path temporary;
  private RulesetFolder folder;

  @BeforeEach
  void create() {
    folder = RulesetFolder.in(temporary);
  }

  @Test
  void due_times_and_chains_count_the_hours_of_the_calendar_of_their_context() {
    folder
        .with("calendars/berlin.yaml", BERLIN)
        .with(
            "ruleset.yaml",
            MANIFEST + "calendar: berlin\ncontexts: {desk-asia: {calendar: always}}\n");
    try (var rulebook = folder.load()) {
      var here = question("books-de");
      var there = question("desk-asia");

      // Friday 16:00 to 17:00 in Berlin, and Monday from 09:00 on.
      assertThat(rulebook.assess(here).classification().decision().dueAt(FRIDAY))
          .isEqualTo("2026-03-09T11:00:00Z");
      assertThat(rulebook.assess(there).classification().decision().calendarDue()).isNull();
      assertThat(rulebook.assess(there).classification().decision().dueAt(FRIDAY))
          .isEqualTo("2026-03-06T19:00:00Z");
      // 24, 48 and 72 hours of 8 a day are 3, 6 and 9 days.
      assertThat(rulebook.escalate(here, Severity.LOW, route()).decision().at())
          .containsExactly(
              Instant.parse("2026-03-11T15:00:00Z"),
              Instant.parse("2026-03-16T15:00:00Z"),
              Instant.parse("2026-03-19T15:00:00Z"));
    }
  }

  @Test
  void scenarios_say_when_something_is_due() {
    folder
        .with("calendars/berlin.yaml", BERLIN)
        .with("ruleset.yaml", MANIFEST + "calendar: berlin\n")
        .with(
            "scenarios/due.yaml",
            """
            scenarios:
              - name: over the weekend
                given: {asOf: "2026-03-06T15:00:00Z"}
                expect:
                  dueAt: "2026-03-09T11:00:00Z"
                  chainAt: ["2026-03-11T15:00:00Z", "2026-03-16T15:00:00Z", "2026-03-19T15:00:00Z"]
              - name: wrong
                given: {asOf: "2026-03-06T15:00:00Z"}
                expect: {dueAt: "2026-03-09T12:00:00Z"}
            """);
    try (var rulebook = folder.load()) {
      var results = Scenarios.run(rulebook).results();

      assertThat(results.getFirst().differences()).isEmpty();
      assertThat(results.getLast().differences())
          .containsExactly("dueAt is 2026-03-09T11:00:00Z, expected 2026-03-09T12:00:00Z.");
    }
  }

  @Test
  void what_is_wrong_with_a_calendar_is_shown_in_its_line() {
    folder
        .with("ruleset.yaml", MANIFEST + "calendar: berlim\n")
        .with(
            "calendars/berlin.yaml",
            """
            zone: Europe/Berlim
            hours:
              - "09:00-17:00"
              - "16:00-18:00"
            days: [MON, TUES]
            holidays: ["2026-02-30"]
            dates:
              "2026-12-24": ["09:00-25:00"]
            monthEnd:
              last: 99
              hours: []
            month: 1
            """);

    assertThatThrownBy(() -> folder.load())
        .isInstanceOfSatisfying(
            BadRuleset.class,
            bad ->
                assertThat(bad.findings().stream().map(Object::toString))
                    .containsExactlyInAnyOrder(
                        "calendars/berlin.yaml:12: \"month\" is not a field; the fields here are"
                            + " dates, days, holidays, hours, monthEnd, zone.",
                        "calendars/berlin.yaml:2: \"hours\" has \"16:00-18:00\"; hours are such as"
                            + " 09:00-17:30, and ascend.",
                        "calendars/berlin.yaml:5: \"days\" is a list of MON, TUE, WED, THU, FRI,"
                            + " SAT and SUN.",
                        "calendars/berlin.yaml:1: \"zone\" is a time zone such as Europe/Berlin or"
                            + " UTC.",
                        "calendars/berlin.yaml:6: \"holidays\" has a day \"2026-02-30\"; a day is"
                            + " such as 2026-12-25.",
                        "calendars/berlin.yaml:8: \"dates.2026-12-24\" has \"09:00-25:00\"; hours"
                            + " are such as 09:00-17:30, and ascend.",
                        "calendars/berlin.yaml:10: \"monthEnd.last\" and \"first\" are how many"
                            + " working days a close takes, at most 15 each.",
                        "ruleset.yaml: \"calendar\" is one of berlin, or always."));
  }

  @Test
  void a_calendar_is_part_of_what_a_ruleset_is() {
    var before = Rulesets.load(folder.with("calendars/berlin.yaml", BERLIN).path());
    var after = folder.with("calendars/berlin.yaml", BERLIN.replace("17", "18")).load();
    try (before;
        after) {
      assertThat(after.digest()).isNotEqualTo(before.digest());
    }
  }

  private static Question question(String context) {
    return new Question(
        Reports.report("ref-1", FRIDAY).in(context).build(), Detection.first(FRIDAY), FRIDAY);
  }

  private static Route route() {
    return new Route(new QueueName("junior"), Lane.BATCH, null, null, false, List.of());
  }
}
