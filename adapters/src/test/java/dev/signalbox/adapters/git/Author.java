package dev.signalbox.adapters.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Somebody who writes rules into a repository of her own. */
final class Author implements AutoCloseable {
  private static final PersonIdent ANN = new PersonIdent("Ann Author", "ann@example.org");

  private final Path folder;
  private final Git git;
  private @Nullable Path key;

  Author(Path folder) {
    this.folder = folder;
    OwnConfig.install();
    try {
      git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
    } catch (GitAPIException e) {
      throw new AssertionError(e);
    }
  }

  /** Signs from now on, with a key of ssh-keygen. */
  Author signingWith(Path privateKey) {
    key = privateKey;
    return this;
  }

  Path folder() {
    return folder;
  }

  Git git() {
    return git;
  }

  Author with(String file, String content) {
    try {
      var target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      Files.writeString(target, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  RevCommit commit(String message) {
    try {
      git.add().addFilepattern(".").call();
      var commit =
          git.commit().setAuthor(ANN).setCommitter(ANN).setMessage(message).setSign(key != null);
      if (key != null) {
        var config = git.getRepository().getConfig();
        config.setString("gpg", null, "format", "ssh");
        commit.setGpgConfig(new GpgConfig(config)).setSigningKey(key.toString());
      }
      return commit.call();
    } catch (GitAPIException e) {
      throw new AssertionError(e);
    }
  }

  void tag(String name, boolean annotated) {
    try {
      git.tag()
          .setName(name)
          .setAnnotated(annotated)
          .setTagger(annotated ? ANN : null)
          .setSigned(false)
          .call();
    } catch (GitAPIException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
