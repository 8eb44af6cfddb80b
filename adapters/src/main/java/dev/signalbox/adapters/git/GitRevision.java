package dev.signalbox.adapters.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A folder of a repository on this machine, as it was at some revision. */
public final class GitRevision {

  private GitRevision() {}

  /**
   * Its files, by their paths below the folder.
   *
   * @param folder where it is, or was, in the work tree
   * @param revision as git names it: a branch, a tag, a commit, {@code HEAD~1}
   * @throws IllegalArgumentException when there is no such repository, revision or folder
   */
  public static SortedMap<String, byte[]> files(Path folder, String revision) {
    var at = folder.toAbsolutePath().normalize();
    var there = at;
    while (there.getParent() != null && !Files.isDirectory(there)) {
      there = there.getParent();
    }
    var builder = new FileRepositoryBuilder().findGitDir(there.toFile());
    if (builder.getGitDir() == null) {
      throw new IllegalArgumentException("%s is in no git repository.".formatted(folder));
    }
    try (var repository = builder.setMustExist(true).build();
        var walk = new RevWalk(repository)) {
      var id = repository.resolve(revision + "^{commit}");
      if (id == null) {
        throw new IllegalArgumentException(
            "The repository of %s has no revision \"%s\".".formatted(folder, revision));
      }
      var root = repository.getWorkTree().toPath().toRealPath();
      var below = root.relativize(there.toRealPath().resolve(there.relativize(at)));
      var reading =
          TreeReading.of(repository, walk.parseCommit(id), below.toString().replace('\\', '/'));
      if (!reading.faults().isEmpty()) {
        throw new IllegalArgumentException(reading.faults().getFirst().what());
      }
      return reading.files();
    } catch (RevisionSyntaxException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no revision as git names them.".formatted(revision), e);
    } catch (IOException e) {
      throw new UncheckedIOException("The repository of %s cannot be read.".formatted(folder), e);
    }
  }
}
