package dev.signalbox.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.generate.ReportGenerator;
import dev.signalbox.ops.load.Loader;
import dev.signalbox.ops.testkit.LiveBox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that comes along. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path SAMPLE = LiveBox.root().resolve("ops/samples/exceptions.ndjson");

  @Test
  void its_thousand_lines_are_taken_but_the_five_that_are_wrong_on_purpose(@TempDir Path data)
      throws IOException {
    var refused = data.resolve("refused.ndjson");
    var answered = new ArrayList<Long>();
    try (var box = LiveBox.start(data);
        var sample = Files.newInputStream(SAMPLE)) {
      var summary =
          new Loader(URI.create(box.url()), box.key()).load(sample, refused, answered::add);
      assertThat(summary.counts())
          .containsOnly(
              entry("recorded", 978L),
              entry("duplicate", 6L),
              entry("redetected", 9L),
              entry("conflict", 2L),
              entry("refused", 5L));
    }
    assertThat(answered.getLast()).isEqualTo(1_000);
    assertThat(Loader.countLines(SAMPLE)).isEqualTo(1_000);
    assertThat(problems(refused, "refused"))
        .containsExactly(
            "151 [/amount NUMBER]",
            "334 [/currency INVALID]",
            "513 [/reasonCode INVALID, /transactionDate INVALID]",
            "761 [/amout UNKNOWN_FIELD, /amount MISSING]",
            "941 [/reasonCode NOT_JSON]");
    assertThat(problems(refused, "conflict")).hasSize(2);
  }

  private static List<String> problems(Path refused, String status) throws IOException {
    var problems = new ArrayList<String>();
    for (var text : Files.readAllLines(refused)) {
      var line = JSON.readTree(text);
      if (line.path("status").asText().equals(status)) {
        problems.add(line.path("line").asText() + " " + faults(line.at("/problem/errors")));
      }
    }
    return problems;
  }

  private static List<String> faults(JsonNode errors) {
    var faults = new ArrayList<String>();
    errors.forEach(
        error -> faults.add(error.path("pointer").asText() + " " + error.path("code").asText()));
    return faults;
  }

  @Test
  void the_others_are_what_its_readme_says_to_generate() throws IOException {
    var generated = new ByteArrayOutputStream();
    new ReportGenerator(2026, Sample.WRITTEN_AT).write(995, generated);
    assertThat(Files.readAllLines(SAMPLE).stream().filter(line -> !line.contains("\"bad-")))
        .containsExactlyElementsOf(generated.toString(StandardCharsets.UTF_8).lines().toList());
    assertThat(Files.readString(SAMPLE.resolveSibling("README.md")))
        .contains("--count 995 --seed 2026 --now " + Sample.WRITTEN_AT);
  }
}
