package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.testkit.LiveBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox rules backtest}, by a file and by what an instance has recorded. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesBacktestIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path STANDARD = LiveBox.root().resolve("rules-repo/rulesets/standard");

  @TempDir private Path folder;

  @Test
  void a_file_gives_the_same_result_twice_and_limits_fail_the_build() throws Exception {
    var file = folder.resolve("reports.ndjson");
    var now = "2026-03-02T06:00:00Z";
    Said.by("generate", "--count", "400", "--now", now, "--out", file.toString());
    var candidate = changed("magnitude >= 10000B", "magnitude >= 2000B");

    var first = backtest(candidate, "--input", file.toString(), "--as-of", now);
    var again = backtest(candidate, "--input", file.toString(), "--as-of", now);

    assertThat(first.status()).isZero();
    assertThat(first.out())
        .contains("standard@")
        .contains(" on the reports in reports.ndjson")
        .contains("400 exceptions, 400 decisions; ")
        .contains("MEDIUM → HIGH ");
    assertThat(again.out()).isEqualTo(first.out());

    var limited =
        backtest(
            candidate, "--input", file.toString(), "--as-of", now, "--max-severity-raised", "1");
    assertThat(limited.status()).isEqualTo(1);
    assertThat(limited.err()).containsPattern("[0-9]+ exceptions would be graver, and 1 may\\.");

    var same =
        Said.by(
            arguments(STANDARD, "--input", file.toString(), "--as-of", now, "--max-changed", "0%"));
    assertThat(same.status()).isZero();
    assertThat(same.out()).contains("; 0 change (0.00 %)");
  }

  @Test
  void the_page_needs_nothing_else_and_lets_no_text_run() throws Exception {
    var file = folder.resolve("reports.ndjson");
    Files.writeString(file, LiveBox.report("<script>alert(1)</script>") + "\n");
    var candidate =
        changed(
            "@because(\"The transaction is 120 hours old or older.\")",
            "@because(\"<img src=x onerror=alert(1)> & more\")");
    var page = folder.resolve("page.html");

    var said =
        backtest(
            candidate,
            "--input",
            file.toString(),
            "--as-of",
            "2026-03-02T06:00:00Z",
            "--format",
            "json",
            "--html",
            page.toString());

    assertThat(said.err()).doesNotContain("Exception");
    assertThat(said.status()).isZero();
    assertThat(JSON.readTree(said.out()).path("digest").asText()).matches("[0-9a-f]{64}");
    var html = Files.readString(page);
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("default-src 'none'")
        .contains("&lt;img src=x onerror=alert(1)&gt; &amp; more")
        .contains("<svg")
        .contains("light-dark(")
        .doesNotContain("<script", "<img", "http://", "https://", "url(");
  }

  @Test
  void what_cannot_be_compared_is_said_in_a_sentence() throws Exception {
    var file = Files.writeString(folder.resolve("bad.ndjson"), LiveBox.report("1") + "\n{}\n");
    var bad = backtest(STANDARD, "--input", file.toString(), "--as-of", "2026-03-02T06:00:00Z");
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.err()).contains("bad.ndjson, line 2: ");

    var undated = backtest(STANDARD, "--input", file.toString());
    assertThat(undated.err())
        .contains("line 1: It does not say when it was detected. Maybe give --as-of.");

    assertThat(Said.by("rules", "backtest", STANDARD.toString(), "--input", "x").err())
        .startsWith("With --input, --against names the folder to compare with.");
    assertThat(Said.by("rules", "backtest", STANDARD.toString(), "--data", folder + "/none").err())
        .contains("There is no database in " + folder + "/none.");
  }

  @Test
  void recorded_exceptions_are_compared_by_who_may_only_read(@TempDir Path data) throws Exception {
    try (var box = LiveBox.start(data)) {
      box.reported(LiveBox.report("small"));
      box.reported(LiveBox.report("large").put("amount", "3000.00").put("context", "books-de"));
      box.postgres()
          .asSuperuser()
          .inTransaction(tx -> {
            tx.update("CREATE ROLE reader LOGIN PASSWORD 'look'");
            tx.update("ALTER ROLE reader SET default_transaction_read_only = on");
            return tx.update("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
          });
      try {
        var config =
            Files.writeString(
                folder.resolve("box.yaml"),
                "database: %s\ndata: %s\n"
                    .formatted(
                        LiveBox.url(box.postgres()).replace("postgres@", "reader:look@"), data));
        var candidate = changed("magnitude >= 10000B", "magnitude >= 2000B");

        var said =
            Said.by("rules", "backtest", candidate.toString(), "--config", config.toString());
        assertThat(said.err()).doesNotContain("Exception");
        assertThat(said.out())
            .contains("2 exceptions, 2 decisions; 1 change (50.00 %)")
            .contains("3000 EUR of 3100 EUR change")
            .contains("MEDIUM → HIGH");
        assertThat(said.status()).isZero();

        var one =
            Said.by(
                "rules",
                "backtest",
                candidate.toString(),
                "--config",
                config.toString(),
                "--context",
                "default",
                "--since",
                "1h",
                "--against",
                STANDARD.toString());
        assertThat(one.out()).contains("1 exceptions, 1 decisions; 0 change (0.00 %)");

        var key = Files.writeString(folder.resolve("some.key"), box.key());
        var published =
            Said.by(
                "rules",
                "backtest",
                STANDARD.toString(),
                "--config",
                config.toString(),
                "--publish",
                "--url",
                box.url(),
                "--key-file",
                key.toString());
        assertThat(published.err()).contains("published as number 3");
        assertThat(box.get("/v1/rulesets").body()).contains("\"kind\":\"BACKTESTED\"");
      } finally {
        box.postgres()
            .asSuperuser()
            .inTransaction(tx -> {
              tx.update("DROP OWNED BY reader");
              return tx.update("DROP ROLE reader");
            });
      }
    }
  }

  private Said backtest(Path candidate, String... more) {
    var arguments = new ArrayList<>(List.of("--against", STANDARD.toString()));
    arguments.addAll(List.of(more));
    return Said.by(arguments(candidate, arguments.toArray(String[]::new)));
  }

  private static String[] arguments(Path candidate, String... more) {
    var arguments = new ArrayList<>(List.of("rules", "backtest", candidate.toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--against")) {
      arguments.addAll(List.of("--against", STANDARD.toString()));
    }
    return arguments.toArray(String[]::new);
  }

  /** The standard ruleset with another text for one of its rules. */
  private Path changed(String what, String with) throws IOException {
    var copy = folder.resolve("candidate");
    boolean found = false;
    try (var files = Files.walk(STANDARD)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = copy.resolve(STANDARD.relativize(file).toString());
        Files.createDirectories(target.getParent());
        var text = Files.readString(file);
        found |= text.contains(what);
        Files.writeString(target, text.replace(what, with));
      }
    }
    assertThat(found).as("the standard ruleset says %s", what).isTrue();
    return copy;
  }
}
