package dev.signalbox.ops.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.StormGuard;
import dev.signalbox.ops.testkit.LogLines;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What operators hear of a storm. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StormAlertIT {
  private static final StormGuard GUARD =
      new StormGuard(Map.of("default", new StormGuard.Cap(5, Duration.ofHours(1))));

  @Test
  void a_storm_is_one_alert_however_many_reports_it_has_and_the_next_is_another() {
    var telemetry = Telemetry.begin(null);
    try (telemetry;
        var box = TestBox.telling(new Signals(telemetry.api()), GUARD);
        var log = LogLines.begin()) {
      storm(box, "first", 8);
      storm(box, "more", 20);
      assertThat(alerts(log))
          .containsExactly(
              "The storm guard holds back what bank-a-mt940 reports in default: more than 5 new"
                  + " exceptions in PT1H.");
      assertThat(page(telemetry).value("signalbox_storm_begun_total{context=\"default\"}"))
          .isEqualTo(1);
      assertThat(page(telemetry).value("signalbox_exception_reported_total{outcome=\"held_back\"}"))
          .isEqualTo(23);

      box.clock().advance(Duration.ofHours(3));
      storm(box, "second", 6);
      assertThat(alerts(log)).hasSize(2);
      assertThat(page(telemetry).value("signalbox_storm_begun_total{context=\"default\"}"))
          .isEqualTo(2);
    }
  }

  private static void storm(TestBox box, String name, int reports) {
    box.reportAll(
        IntStream.range(0, reports)
            .mapToObj(i -> Reports.report(name + "-" + i, box.clock().instant()).build())
            .toList());
  }

  private static List<String> alerts(LogLines log) {
    return log.beginning("The storm guard").stream()
        .filter(line -> line.path("level").asText().equals("WARN"))
        .map(line -> line.path("formattedMessage").asText())
        .toList();
  }

  private static MetricsPage page(Telemetry telemetry) {
    return MetricsPage.read(telemetry.page());
  }
}
