package dev.signalbox.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.audit.Auditor;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestRulesets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Keeps true what the documents say of metrics: names, kinds, labels, and the alerts on them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsDocIT {
  private static final Pattern ROW =
      Pattern.compile("^\\| `((?:signalbox|http)_[a-z_]+)` \\| (\\w+) \\| ?(.*?) \\| (.+) \\|$");
  private static final Pattern NAME = Pattern.compile("\\b(?:signalbox|http)_[a-z_]+");
  private static final Pattern ALERT = Pattern.compile("(?m)^ +expr: (.+)$");
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:signalbox|http)_[a-z_]+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=|!=|=~|!~)\"([^\"]*)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final Duration MOMENT = Duration.ofMillis(3);

  private static MetricsPage page;

  @BeforeAll
  static void makeEverythingHappen() {
    page = given();
  }

  @Test
  void the_table_has_every_metric_with_its_kind_and_labels_and_no_other() throws IOException {
    assertThat(documented()).isEqualTo(table(page));
  }

  @Test
  void no_document_names_a_metric_that_is_not_there() throws IOException {
    var unknown = new TreeSet<String>();
    for (var file : List.of("README.md", "docs/operations.md")) {
      NAME.matcher(text(file))
          .results()
          .map(MatchResult::group)
          .filter(name -> series(name).isEmpty() && !isLabel(name))
          .forEach(name -> unknown.add(file + ": " + name));
    }
    assertThat(unknown).isEmpty();
  }

  /** An alert on a label or a value that nothing has would never wake anybody. */
  @Test
  void every_alert_asks_for_series_that_are_there() throws IOException {
    var alerts = ALERT.matcher(text("docs/operations.md")).results().map(m -> m.group(1)).toList();
    assertThat(alerts).hasSizeGreaterThan(5);
    for (var alert : alerts) {
      assertThat(SELECTOR.matcher(alert).results()).as(alert).isNotEmpty();
      SELECTOR.matcher(alert).results().forEach(selector -> check(alert, selector));
    }
  }

  private static void check(String alert, MatchResult selector) {
    var series = series(selector.group(1));
    var by = BY.matcher(alert);
    var wanted = new TreeSet<String>(by.find() ? List.of(by.group(1).split(", *", -1)) : List.of());
    var matchers = selector.group(2) == null ? "" : selector.group(2);
    MATCHER
        .matcher(matchers)
        .results()
        .forEach(matcher -> {
          wanted.add(matcher.group(1));
          if (matcher.group(2).equals("=")) {
            assertThat(series).as(alert).anyMatch(one -> one.contains(matcher.group()));
          }
        });
    assertThat(series).as(alert).isNotEmpty();
    wanted.forEach(label ->
        assertThat(series).as(alert).anyMatch(one -> one.matches(".*[{,]" + label + "=\".*")));
  }

  /** The series of a name, as the page has them. */
  private static List<String> series(String name) {
    return page.samples().keySet().stream()
        .filter(one -> one.matches(name + "(_count)?(\\{.*)?"))
        .toList();
  }

  private static boolean isLabel(String name) {
    return page.samples().keySet().stream().anyMatch(one -> one.contains(name + "=\""));
  }

  private static String text(String file) throws IOException {
    return Files.readString(LiveBox.root().resolve(file));
  }

  /** The page when everything has happened once. */
  private static MetricsPage given() {
    var telemetry = Telemetry.begin(null);
    var signals = new Signals(telemetry.api());
    var guard = new StormGuard(Map.of("default", new StormGuard.Cap(1, Duration.ofHours(1))));
    try (telemetry;
        var box = TestBox.telling(signals, guard);
        var rulesets = TestRulesets.begun(box.postgres(), TestBox.standardRuleset())) {
      // One opens and is handed over, so that work waits; the other is held back: a dead letter.
      box.report(Reports.report("doc-1", TestBox.START).because(ReasonCode.MISSING_RECORD).build());
      box.report(Reports.report("doc-2", TestBox.START).build());
      Gauges.registerRules(telemetry.api(), rulesets.desk(), () -> Map.of("route-junior", 1L));
      Gauges.registerShadow(telemetry.api(), () -> true);
      Gauges.registerAudit(telemetry.api(), () -> new Auditor.Round(0, 1, 0, 1, null));
      Gauges.register(
              telemetry.api(),
              box.postgres().database(),
              rulesets.desk(),
              InstantSource.system(),
              () -> Map.of("jira", "OPEN"))
          .refresh();
      signals.attempted("jira", "DELIVERED", MOMENT);
      signals.resolved("AUTO_MATCH");
      signals.assigned("round-robin", "given");
      signals.overdue("RESOLUTION", "HIGH");
      signals.fellBack("DEAD_LETTER", "HIGH");
      signals.answered("jira", "RESOLVED");
      signals.breakerChanged("jira", "OPEN");
      signals.noted("route", "AMBIGUOUS");
      signals.filed("s3", "put", "away");
      signals.rulesetLooked("AWAY");
      signals.rulesetJudged("REFUSED");
      signals.rulesetActivated("ACTIVATED");
      signals.shadowed("differs", 1);
      signals.shadowRule("route-junior", "SILENT", 1);
      signals.shadowTook(MOMENT);
      signals.requested("GET", "/v1/exceptions", 404, "NOT_FOUND", MOMENT);
      return MetricsPage.read(telemetry.page());
    }
  }

  /** Kind and labels of each metric. */
  private static Map<String, String> table(MetricsPage page) {
    var table = new TreeMap<String, String>();
    page.types()
        .forEach((name, type) -> {
          var labels = new TreeSet<String>();
          page.samples().keySet().stream()
              .filter(series -> series.matches(Pattern.quote(name) + "(_count)?(\\{.*)?"))
              .forEach(series ->
                  LABEL.matcher(series).results().forEach(match -> labels.add(match.group(1))));
          table.put(name, type + " " + labels);
        });
    return table;
  }

  private static Map<String, String> documented() throws IOException {
    var table = new TreeMap<String, String>();
    for (var line : Files.readAllLines(LiveBox.root().resolve("docs/operations.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        var labels = new TreeSet<String>();
        Pattern.compile("`([a-z_]+)`")
            .matcher(row.group(3))
            .results()
            .forEach(match -> labels.add(match.group(1)));
        table.put(row.group(1), row.group(2) + " " + labels);
      }
    }
    return table;
  }
}
