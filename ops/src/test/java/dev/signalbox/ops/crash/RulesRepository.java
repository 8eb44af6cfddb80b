package dev.signalbox.ops.crash;

import dev.signalbox.ops.testkit.LiveBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A real git repository with the standard ruleset, whose author pushes straight to main. */
final class RulesRepository implements AutoCloseable {
  private static final String FOLDER = "rulesets/standard";

  private final Path folder;
  private final Git git;

  private RulesRepository(Path folder, Git git) {
    this.folder = folder;
    this.git = git;
  }

  static RulesRepository in(Path folder) throws IOException, GitAPIException {
    var standard = LiveBox.root().resolve("rules-repo/" + FOLDER);
    try (var paths = Files.walk(standard)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        var target = folder.resolve(FOLDER).resolve(standard.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
    var git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
    var repository = new RulesRepository(folder, git);
    repository.commit("Begin.");
    return repository;
  }

  /** The settings of a node that watches it. */
  String settings() {
    return """
    rulesets:
      git: {url: "%s", branch: main, folder: %s}
      poll: 500ms
    """
        .formatted(folder, FOLDER);
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(FOLDER).resolve(file));
  }

  /** Pushes one changed file; gives the commit. */
  String push(String file, String content) throws IOException, GitAPIException {
    Files.writeString(folder.resolve(FOLDER).resolve(file), content);
    return commit("Change " + file + ".");
  }

  private String commit(String message) throws GitAPIException {
    git.add().addFilepattern(".").call();
    return git.commit()
        .setMessage(message)
        .setAuthor("Ann Author", "ann@example.org")
        .setCommitter("Ann Author", "ann@example.org")
        .setSign(false)
        .call()
        .name();
  }

  /** The server that holds it is gone. */
  void disappear(Path elsewhere) throws IOException {
    git.close();
    Files.move(folder, elsewhere);
  }

  @Override
  public void close() {
    git.close();
  }
}
