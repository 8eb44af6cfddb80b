package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesetFilesTest {
  @TempDir private Path temporary;
  private RulesetFolder folder;

  @BeforeEach
  void create() {
    folder =
        new RulesetFolder(temporary.resolve("it"))
            .with("ruleset.yaml", "name: it\n")
            .with("classify/a.drl", "package classify\n");
  }

  /** Computed by another program from the description of the digest. */
  @Test
  void the_digest_is_that_of_its_description() {
    assertThat(digest())
        .isEqualTo("974fbaa220cc47a86920b9925dfe396169ca9ca99d6c59ee5c701ccfbe62bfee");
  }

  @Test
  void the_digest_changes_with_every_byte_and_every_name() throws IOException {
    var before = digest();
    folder.with("classify/a.drl", "package classify \n");
    var otherContent = digest();
    Files.move(folder.path().resolve("classify/a.drl"), folder.path().resolve("classify/b.drl"));
    assertThat(digest()).isNotEqualTo(otherContent);
    assertThat(otherContent).isNotEqualTo(before);
  }

  @Test
  void what_is_hidden_or_empty_does_not_belong_to_it() throws IOException {
    var before = digest();
    folder.with(".git/config", "x").with("classify/.DS_Store", "x").with(".hidden", "x");
    Files.createDirectories(folder.path().resolve("resolve"));
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void links_are_refused() throws IOException {
    Files.createSymbolicLink(
        folder.path().resolve("classify/link.drl"), folder.path().resolve("classify/a.drl"));
    assertThatExceptionOfType(BadRuleset.class)
        .isThrownBy(this::digest)
        .satisfies(e ->
            assertThat(e.findings())
                .extracting(Finding::toString)
                .containsExactly(
                    "classify/link.drl: A ruleset must be whole in itself, so links are"
                        + " refused; copy the file."));
  }

  @Test
  void names_that_differ_between_machines_are_refused() {
    folder.with("classify/größe.drl", "x");
    assertThatExceptionOfType(BadRuleset.class)
        .isThrownBy(this::digest)
        .withMessageContaining("has at most 4 parts of letters, digits");
  }

  @Test
  void more_files_than_any_ruleset_has_are_refused() {
    for (int i = 0; i <= RulesetFiles.FILES_MAX; i++) {
      folder.with("classify/f" + i + ".drl", "");
    }
    assertThatExceptionOfType(BadRuleset.class)
        .isThrownBy(this::digest)
        .withMessageContaining("A ruleset has at most 500 files and 4194304 bytes");
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    var nowhere = temporary.resolve("nowhere");
    assertThatExceptionOfType(BadRuleset.class)
        .isThrownBy(() -> RulesetFiles.of(nowhere))
        .withMessage(
            "The ruleset %s cannot be used:%n%s: There is no such folder.", nowhere, nowhere);
  }

  @Test
  void the_archive_is_the_same_every_time_and_reads_back_as_it_was() {
    var files = RulesetFiles.of(folder.path());
    var archive = RulesetArchive.write(files);
    assertThat(RulesetArchive.write(files)).isEqualTo(archive);
    var again = RulesetArchive.read("again", archive);
    assertThat(again.digest()).isEqualTo(files.digest());
    assertThat(again.all()).containsOnlyKeys("classify/a.drl", "ruleset.yaml");
    assertThat(again.content("ruleset.yaml")).asString().isEqualTo("name: it\n");
  }

  private String digest() {
    return RulesetFiles.of(folder.path()).digest().hex();
  }
}
