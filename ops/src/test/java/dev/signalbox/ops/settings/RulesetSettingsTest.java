package dev.signalbox.ops.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.adapters.git.GitSettings.Newest;
import dev.signalbox.rulesets.Activations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesetSettingsTest {
  private static final Path HOME = Path.of("/opt/signalbox");

  @TempDir private Path directory;

  private RulesetSettings read(String yaml) {
    try {
      var file = Files.writeString(directory.resolve("signalbox.yaml"), yaml);
      return SettingsReader.read(file, Map.of("TOKEN", "t0ken")::get, HOME).rulesets();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void without_anything_the_folder_of_the_product_decides_by_itself() {
    assertThat(read("port: 1"))
        .isEqualTo(RulesetSettings.usual(HOME.resolve("rules-repo/rulesets/standard")));
  }

  @Test
  void a_repository_is_read_with_all_that_the_documentation_names() throws IOException {
    var signers = Files.writeString(directory.resolve("signers"), "");
    var settings =
        read(
            """
            rulesets:
              git:
                url: https://git.example.org/rules.git
                tags: v*
                folder: /rulesets/standard/
                signers: %s
                user: signalbox
                password: env:TOKEN
                timeout: 5s
              poll: 30s
              judging: 2m
              activate: by-hand
              approvals: 2
            """
                .formatted(signers));

    var git = requireNonNull(settings.git());
    assertThat(git.url()).isEqualTo("https://git.example.org/rules.git");
    assertThat(git.newest()).isEqualTo(new Newest.Tag("v*"));
    assertThat(git.folder()).isEqualTo("rulesets/standard");
    assertThat(git.signers()).isEqualTo(signers);
    assertThat(git.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(requireNonNull(git.login()).password().reveal()).isEqualTo("t0ken");
    assertThat(settings.toString()).doesNotContain("t0ken");
    assertThat(settings.poll()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.judging()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.policy()).isEqualTo(new Activations.Policy(false, 2));
  }

  @Test
  void a_path_and_the_branch_main_do_for_a_repository() {
    var git = requireNonNull(read("rulesets: {git: {url: ../rules}}").git());
    assertThat(git.newest()).isEqualTo(new Newest.Branch("main"));
    assertThat(git.folder()).isEmpty();
    assertThat(git.signers()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rulesets: {approvals: 2} | needs \"activate: by-hand\"",
        "rulesets: {activate: never} | is one of automatically, by-hand, not \"never\".",
        "rulesets: {git: {branch: main}} | The setting \"rulesets.git.url\" is missing",
        "rulesets: {git: {url: x, branch: a, tags: b}} | keep one of them",
        "rulesets: {git: {url: 'https://me:secret@x/y'}} | no place for a password",
        "rulesets: {git: {url: x, user: me, password: secret}} | as env:NAME or file:PATH",
        "rulesets: {git: {url: x, user: me, password: 'env:NONE'}} | there is nothing at env:NONE",
        "rulesets: {git: {url: x, signers: /none}} | a file of allowed signers",
        "{ruleset: rules, rulesets: {git: {url: x}}} | keep one of them",
        "rulesets: {git: {url: x, brunch: y}} | Maybe \"rulesets.git.branch\"."
      })
  void what_cannot_be_meant_is_refused_with_the_cure(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(BadSettings.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("secret@");
  }
}
