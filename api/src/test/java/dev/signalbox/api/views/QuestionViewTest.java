package dev.signalbox.api.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import dev.signalbox.testkit.RandomReports;
import dev.signalbox.testkit.Seeds;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuestionViewTest {

  @Test
  void a_report_that_is_shown_says_all_that_the_report_itself_said() {
    var read = new AtomicInteger();
    Seeds.each(
        300,
        random -> {
          var report = new RandomReports(random).report().withoutPayload();
          var shown = JsonNodeFactory.instance.objectNode();
          CaseView.report(shown, report);
          switch (ReportReader.read(shown.toString())) {
            case ReportReading.Reported(var again) -> {
              read.incrementAndGet();
              assertThat(again.contentHash()).isEqualTo(report.contentHash());
            }
            case ReportReading.Refused(var problems) ->
                assertThat(problems)
                    .allMatch(one -> Set.of("CONTROL_CHARACTER", "EMPTY").contains(one.code()));
            case ReportReading.Withdrawn withdrawn -> throw new AssertionError(withdrawn);
          }
        });
    assertThat(read).hasValueGreaterThan(20);
  }
}
