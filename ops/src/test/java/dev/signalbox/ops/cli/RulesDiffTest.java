package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.rules.RulesetFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox rules diff}, of folders and of revisions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesDiffTest {
  private static final String ROUTE = "route.to(\"junior\");";

  @TempDir private Path temporary;
  private String was = "";
  private String now = "";

  @BeforeEach
  void rulesets() {
    was = folder(temporary.resolve("was")).path().toString();
    now =
        folder(temporary.resolve("now"))
            .route(
                "// The lowest.\n" + RulesetFolder.rule("junior", "Item(  )", ROUTE),
                RulesetFolder.rule("big", 600, "Item( magnitude > 7B )", "route.to(\"senior\");"),
                RulesetFolder.rule("new", "Item( magnitude > 5B )", "route.flag(\"NEW\");"))
            .with("ruleset.yaml", manifest("36h"))
            .with(
                "scenarios/all.yaml",
                """
                scenarios:
                  # Another comment.
                  - {name: small, expect: {queue: senior}}
                  - {name: more, expect: {queue: junior}}
                """)
            .path()
            .toString();
  }

  private static RulesetFolder folder(Path parent) {
    return RulesetFolder.in(parent)
        .route(
            RulesetFolder.rule("junior", "Item()", ROUTE),
            RulesetFolder.rule("big", 500, "Item( magnitude > 9B )", "route.to(\"senior\");"),
            RulesetFolder.rule("gone", "Item( magnitude > 8B )", "route.flag(\"GONE\");"))
        .with("ruleset.yaml", manifest("24h"))
        .with("scenarios/all.yaml", "scenarios: [{name: small, expect: {queue: junior}}]\n");
  }

  private static String manifest(String age) {
    return """
    name: small
    description: For tests.
    owner: tests
    reportingCurrency: EUR
    sla: {CRITICAL: %s, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
    """
        .formatted(age);
  }

  @Test
  void it_names_what_was_added_removed_and_changed_and_what_only_looks_different() {
    var said = Said.by("rules", "diff", was, now);
    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out().lines())
        .containsExactly(
            "rules",
            "  ~ big  big  (route/rules.drl:16)",
            "      ~ salience: 500 → 600",
            "      ~ when: Item(magnitude > 9B) → Item(magnitude > 7B)",
            "  - gone  gone  (route/rules.drl:25)",
            "  . junior  junior  (route/rules.drl:6)  comments or format only",
            "  + new  new  (route/rules.drl:26)",
            "ruleset.yaml",
            "  ~ sla.CRITICAL: 24h → 36h",
            "scenarios",
            "  + scenarios/all.yaml: more: given {} expect {queue=\"junior\"}",
            "  ~ scenarios/all.yaml: small",
            "      was given {} expect {queue=\"junior\"}",
            "      now given {} expect {queue=\"senior\"}",
            "1 rule added, 1 removed, 1 changed, 1 in comments or format only; 1 setting;"
                + " 2 scenarios");
  }

  @Test
  void scripts_may_ask_for_json_and_for_a_status() throws Exception {
    var said = Said.by("rules", "diff", "--format", "json", "--exit-code", was, now);
    assertThat(said.status()).isEqualTo(1);
    var json = JsonMapper.builder().build().readTree(said.out());
    assertThat(json.path("same").asBoolean()).isFalse();
    assertThat(json.path("rules").findValuesAsText("change"))
        .containsExactly("changed", "removed", "format", "added");
    assertThat(Said.by("rules", "diff", "--exit-code", was, was).status()).isZero();
  }

  @Test
  void revisions_of_a_repository_are_compared_as_folders_are() throws Exception {
    var folder = Path.of(was);
    try (var git = Git.init().setDirectory(temporary.resolve("was").toFile()).call()) {
      git.add().addFilepattern(".").call();
      git.commit().setMessage("first").setAuthor("a", "a@b").setSign(false).call();
      RulesetFolder.in(temporary.resolve("was"))
          .route(RulesetFolder.rule("junior", 7, "Item()", ROUTE));
      var said = Said.by("rules", "diff", folder + "@HEAD", folder.toString());
      assertThat(said.err()).isEmpty();
      assertThat(said.out()).contains("~ salience: 0 → 7", "  - big", "  - gone");
      git.add().addFilepattern(".").call();
      git.commit().setMessage("second").setAuthor("a", "a@b").setSign(false).call();
      assertThat(Said.by("rules", "diff", folder + "@HEAD~1", folder + "@HEAD")).isEqualTo(said);
      assertThat(Said.by("rules", "diff", folder + "@HEAD", folder.toString(), "--exit-code"))
          .extracting(Said::status)
          .isEqualTo(0);
    }
    var none = Said.by("rules", "diff", folder + "@nowhere", was);
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("has no revision \"nowhere\"");
    assertThat(Files.isDirectory(folder)).isTrue();
    var nofolder = Said.by("rules", "diff", temporary + "/none", was);
    assertThat(nofolder.status()).isEqualTo(2);
    assertThat(nofolder.err()).contains("There is no folder");
  }
}
