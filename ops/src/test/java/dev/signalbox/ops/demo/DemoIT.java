package dev.signalbox.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ops.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox demo --exit}, as a stranger runs it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoIT {

  @Test
  void the_whole_story_is_told_and_nothing_is_left_over(@TempDir Path directory)
      throws IOException, InterruptedException {
    var data = directory.resolve("data");
    try (var program =
        Program.start(directory, Map.of(), "demo", "--exit", "--data", data.toString())) {
      program.ready();
      assertThat(Program.workingIn(data)).isNotEmpty();
      assertThat(program.status()).as(program.out() + program.err()).isZero();

      var out = program.out();
      assertThat(number(out, "recorded")).isEqualTo(978);
      assertThat(number(out, "duplicate")).isEqualTo(6);
      assertThat(number(out, "refused")).isEqualTo(5);
      for (var severity : new String[] {"CRITICAL", "HIGH", "MEDIUM", "LOW"}) {
        assertThat(number(out, severity)).as(severity).isPositive();
      }
      assertThat(number(out, "junior / RETRY")).isPositive();
      assertThat(number(out, "compliance / IMMEDIATE")).isPositive();
      assertThat(number(out, "settled at once")).isPositive();
      assertThat(number(out, "dispatched")).isPositive();
      assertThat(number(out, "delivered") + number(out, "dead letters"))
          .as("all that was dispatched has ended")
          .isEqualTo(number(out, "dispatched"));
      assertThat(number(out, "attempts that were retried")).isPositive();
      assertThat(number(out, "closed by callback")).isPositive();
      assertThat(out)
          .contains("STAND-IN for JIRA on http://127.0.0.1:")
          .contains("STAND-IN for a webhook receiver on http://127.0.0.1:")
          .contains("STAND-IN for an identity provider on http://127.0.0.1:")
          .contains("person=ann")
          .contains("/openapi.yaml")
          .contains("/metrics")
          .containsPattern("curl -s -H 'Authorization: Bearer \\S+' \\S+/explanation");
      assertThat(program.err())
          .doesNotContain("{\"timestamp\"")
          .contains("reports 100%")
          .contains("The breaker of webhook is OPEN now.")
          .contains("The breaker of webhook is CLOSED now.");
      assertThat(Program.workingIn(data)).as("its PostgreSQL").isEmpty();
    }
    assertThat(Files.exists(data)).as("it was asked to keep the data").isTrue();
  }

  private static long number(String out, String name) {
    var match = Pattern.compile("(?m)\\s%s\\s+(\\d+)$".formatted(Pattern.quote(name))).matcher(out);
    assertThat(match.find()).as("a line \"%s\" in%n%s", name, out).isTrue();
    return Long.parseLong(match.group(1));
  }
}
