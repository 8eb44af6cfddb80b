package dev.signalbox.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Keeps the table of metrics in docs/operations.md true. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsDocIT {
  private static final Pattern ROW =
      Pattern.compile("^\\| `((?:signalbox|http)_[a-z_]+)` \\| (\\w+) \\| ?(.*?) \\| (.+) \\|$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final Duration MOMENT = Duration.ofMillis(3);

  @Test
  void the_table_has_every_metric_with_its_kind_and_labels_and_no_other() throws IOException {
    assertThat(documented()).isEqualTo(given());
  }

  /** Name, kind and labels of each, as the page gives them when everything has happened once. */
  private static Map<String, String> given() {
    var telemetry = Telemetry.begin(null);
    var signals = new Signals(telemetry.api());
    var guard = new StormGuard(Map.of("default", new StormGuard.Cap(1, Duration.ofHours(1))));
    try (telemetry;
        var box = TestBox.telling(signals, guard)) {
      // One opens and is handed over, so that work waits; the other is held back: a dead letter.
      box.report(Reports.report("doc-1", TestBox.START).because(ReasonCode.MISSING_RECORD).build());
      box.report(Reports.report("doc-2", TestBox.START).build());
      Gauges.register(telemetry.api(), box.postgres().database(), () -> Map.of("jira", "CLOSED"))
          .refresh();
      signals.attempted("jira", "DELIVERED", MOMENT);
      signals.overdue("RESOLUTION", "HIGH");
      signals.answered("jira", "RESOLVED");
      signals.breakerChanged("jira", "OPEN");
      signals.requested("GET", "/v1/exceptions", 404, "NOT_FOUND", MOMENT);
      return table(MetricsPage.read(telemetry.page()));
    }
  }

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
