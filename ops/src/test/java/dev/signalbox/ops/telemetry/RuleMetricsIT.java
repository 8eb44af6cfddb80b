package dev.signalbox.ops.telemetry;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.StormGuard;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that disagree are counted where they did, and the journal says which. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RuleMetricsIT {
  @TempDir private Path temporary;

  @Test
  void two_routes_of_one_rank_are_one_note_of_the_metric_and_of_the_journal() throws Exception {
    var folder =
        RulesetFolder.in(temporary)
            .route(
                rule("one", "Item()", "route.to(\"a\");"),
                rule("two", "Item()", "route.to(\"b\");"));
    var telemetry = Telemetry.begin(null);
    var signals = new Signals(telemetry.api());
    try (telemetry;
        var rulebook = folder.load();
        var box = TestBox.telling(signals, StormGuard.off())) {
      box.decideBy(rulebook);
      box.report(Reports.report("ambiguous", TestBox.START).build());
      var page = MetricsPage.read(telemetry.page());
      assertThat(page.sum("signalbox_rule_noted_total", "point=\"route\"", "kind=\"AMBIGUOUS\""))
          .isEqualTo(1);
      assertThat(box.desk().ruleHits().total()).containsEntry("one", 1L).containsEntry("two", 1L);
      var bodies =
          box.postgres()
              .database()
              .read(tx -> tx.query("SELECT convert_from(public, 'UTF8') AS body FROM journal"));
      assertThat(bodies.stream().filter(row -> row.text("body").contains("AMBIGUOUS"))).hasSize(1);
    }
  }
}
