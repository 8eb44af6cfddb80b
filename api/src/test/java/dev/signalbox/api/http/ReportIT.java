package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.testkit.ApiBox;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Reports that are as they should be: one, many, a stream. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportIT {
  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @Test
  void a_report_is_recorded_and_can_be_seen_where_the_answer_says() {
    var recorded = box.reporter().reports(report("one")).is(201);
    var id = recorded.text("id");
    assertThat(recorded.header("Location")).isEqualTo("/v1/exceptions/" + id);
    assertThat(recorded.text("effect")).isEqualTo("recorded");

    var seen = box.viewer().sees(id).is(200);

    assertThat(seen.header("ETag")).isEqualTo(recorded.header("ETag")).isEqualTo("\"3\"");
    assertThat(seen.text("status")).isEqualTo("OPEN");
    assertThat(box.viewer().events(id)).isEqualTo(List.of("Opened", "Classified", "Routed"));
  }
}
