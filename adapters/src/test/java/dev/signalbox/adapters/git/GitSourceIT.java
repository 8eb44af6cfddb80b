package dev.signalbox.adapters.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.signalbox.adapters.git.GitSettings.Newest;
import dev.signalbox.outside.RulesetSource.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GitSourceIT {
  private static final Newest MAIN = new Newest.Branch("main");

  @TempDir private Path temporary;
  private Author author;

  @BeforeEach
  void begin() {
    author = new Author(temporary.resolve("rules"));
  }

  @AfterEach
  void close() {
    author.close();
  }

  private GitSource source(Newest newest, @Nullable Path signers) {
    return new GitSource(
        new GitSettings(
            author.folder().toString(), newest, "my/rules", signers, null, Duration.ofSeconds(10)),
        temporary.resolve("scratch"));
  }

  private static Look.Found found(GitSource source) {
    assertThat(source.look()).isInstanceOf(Look.Found.class);
    return (Look.Found) source.look();
  }

  private static String text(Look.Found found, String path) {
    return new String(found.files().getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void the_newest_commit_of_the_branch_is_read_from_its_folder() {
    author.with("my/rules/ruleset.yaml", "first").with("my/rules/a/b.drl", "b");
    author.with("my/rules/.hidden", "no").with("elsewhere.txt", "no");
    var commit = author.commit("Begin\n\nwith care.");
    var source = source(MAIN, null);

    var found = found(source);

    assertThat(found.files()).containsOnlyKeys("ruleset.yaml", "a/b.drl");
    assertThat(text(found, "ruleset.yaml")).isEqualTo("first");
    assertThat(found.version().id()).isEqualTo(commit.name());
    assertThat(found.version().author()).isEqualTo("Ann Author");
    assertThat(found.version().message()).isEqualTo("Begin");
    assertThat(found.version().at()).isNotNull();
    assertThat(temporary.resolve("scratch")).doesNotExist();
  }

  @Test
  void each_push_is_found_and_looking_again_gives_the_same() {
    author.with("my/rules/ruleset.yaml", "0").commit("0");
    var source = source(MAIN, null);
    for (int i = 1; i < 5; i++) {
      assertThat(source.look()).isSameAs(source.look());
      author.with("my/rules/ruleset.yaml", "" + i).commit("" + i);
      assertThat(text(found(source), "ruleset.yaml")).isEqualTo("" + i);
    }
  }

  @Test
  void among_tags_the_highest_annotated_one_counts() {
    author.with("my/rules/ruleset.yaml", "9").commit("9");
    author.tag("v1.9", true);
    author.with("my/rules/ruleset.yaml", "10").commit("10");
    author.tag("v1.10", true);
    author.with("my/rules/ruleset.yaml", "11").commit("11");
    author.tag("v1.11", false);
    author.tag("w2", true);

    var found = found(source(new Newest.Tag("v*"), null));

    assertThat(text(found, "ruleset.yaml")).isEqualTo("10");
    assertThat(found.version().message()).isEqualTo("v1.10: 10");
  }

  @Test
  void what_is_not_there_is_said() throws IOException {
    author.with("my/other/ruleset.yaml", "first").commit("first");
    assertThat(source(new Newest.Branch("release"), null).look())
        .isEqualTo(new Look.Away("There is no branch release."));
    assertThat(source(new Newest.Tag("v*"), null).look())
        .isEqualTo(new Look.Away("There is no annotated tag v*."));
    assertThat(faults(source(MAIN, null))).contains("There is no such folder in the commit");
    var source = source(MAIN, null);
    FileUtils.delete(author.folder().toFile(), FileUtils.RECURSIVE);
    assertThat(source.look()).isInstanceOf(Look.Away.class);
  }

  @Test
  void links_and_submodules_are_refused_with_their_path() throws Exception {
    author.with("my/rules/ruleset.yaml", "first").commit("first");
    Files.createSymbolicLink(author.folder().resolve("my/rules/link.drl"), Path.of("/etc/passwd"));
    author.commit("link");
    assertThat(faults(source(MAIN, null))).contains("link.drl").contains("links");

    Files.delete(author.folder().resolve("my/rules/link.drl"));
    var cache = author.git().getRepository().lockDirCache();
    var editor = cache.editor();
    editor.add(new DirCacheEditor.DeletePath("my/rules/link.drl"));
    editor.add(
        new DirCacheEditor.PathEdit("my/rules/module") {
          @Override
          public void apply(DirCacheEntry entry) {
            entry.setFileMode(FileMode.GITLINK);
            entry.setObjectId(ObjectId.fromString("a".repeat(40)));
          }
        });
    editor.commit();
    author.git().commit().setMessage("module").setSign(false).call();
    assertThat(faults(source(MAIN, null))).contains("module").contains("submodules are refused");
  }

  @Test
  void more_than_a_ruleset_may_have_is_not_read() {
    author.with("my/rules/ruleset.yaml", "x".repeat((4 << 20) + 1)).commit("large");
    assertThat(faults(source(MAIN, null))).contains("at most 500 files and 4194304 bytes");
  }

  @Test
  void a_required_signature_must_be_of_an_allowed_signer() throws Exception {
    var ann = key("ann");
    var eve = key("eve");
    var signers =
        Files.writeString(
            temporary.resolve("signers"),
            "ann@example.org " + Files.readString(Path.of(ann + ".pub")));
    author.with("my/rules/ruleset.yaml", "first").commit("unsigned");
    assertThat(faults(source(MAIN, signers))).contains("has no signature that can be verified");

    author.signingWith(eve).with("my/rules/ruleset.yaml", "second").commit("signed by Eve");
    assertThat(faults(source(MAIN, signers))).contains("is not of an allowed signer");

    author.signingWith(ann).with("my/rules/ruleset.yaml", "third").commit("signed by Ann");
    assertThat(text(found(source(MAIN, signers)), "ruleset.yaml")).isEqualTo("third");
  }

  private Path key(String name) throws IOException, InterruptedException {
    var file = temporary.resolve(name);
    var command = List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
    try {
      assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    } catch (IOException e) {
      assumeThat(false).as("there is no ssh-keygen here").isTrue();
    }
    return file;
  }

  private static String faults(GitSource source) {
    assertThat(source.look()).isInstanceOf(Look.Unfit.class);
    return ((Look.Unfit) source.look()).faults().toString();
  }
}
