package dev.signalbox.adapters.git;

import dev.signalbox.outside.RulesetSource.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Reads a folder from the tree of a commit. Nothing is checked out, so no name, link, filter or
 * hook has a chance to do anything.
 */
final class TreeReading {
  private static final int FILES_MAX = 500;
  private static final int BYTES_MAX = 4 << 20;

  private final Repository repository;
  private final String folder;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private long bytes;

  private TreeReading(Repository repository, String folder) {
    this.repository = repository;
    this.folder = folder;
  }

  static TreeReading of(Repository repository, RevCommit commit, String folder) throws IOException {
    var reading = new TreeReading(repository, folder);
    reading.read(commit);
    return reading;
  }

  /** By their paths below the folder. */
  SortedMap<String, byte[]> files() {
    return files;
  }

  List<Fault> faults() {
    return faults;
  }

  private void read(RevCommit commit) throws IOException {
    if (folder.isEmpty()) {
      try (var walk = new TreeWalk(repository)) {
        walk.addTree(commit.getTree());
        follow(walk);
      }
      return;
    }
    try (var at = TreeWalk.forPath(repository, folder, commit.getTree())) {
      if (at == null || at.getFileMode(0) != FileMode.TREE) {
        faults.add(
            new Fault(
                folder, "There is no such folder in the commit %s.".formatted(commit.name())));
        return;
      }
      try (var walk = new TreeWalk(repository)) {
        walk.addTree(at.getObjectId(0));
        follow(walk);
      }
    }
  }

  private void follow(TreeWalk walk) throws IOException {
    walk.setRecursive(false);
    while (walk.next() && faults.isEmpty()) {
      if (walk.getNameString().startsWith(".")) {
        continue;
      }
      if (walk.isSubtree()) {
        walk.enterSubtree();
      } else {
        take(walk);
      }
    }
  }

  private void take(TreeWalk walk) throws IOException {
    var path = walk.getPathString();
    var mode = walk.getFileMode(0);
    if (mode == FileMode.SYMLINK || mode == FileMode.GITLINK) {
      faults.add(
          new Fault(
              path,
              "A ruleset must be whole in itself, so links and submodules are refused; copy the"
                  + " file."));
      return;
    }
    var loader = repository.open(walk.getObjectId(0));
    bytes += loader.getSize();
    if (bytes > BYTES_MAX || files.size() >= FILES_MAX) {
      faults.add(
          new Fault(
              path,
              "A ruleset has at most %d files and %d bytes; this one has more."
                  .formatted(FILES_MAX, BYTES_MAX)));
      return;
    }
    files.put(path, loader.getCachedBytes(BYTES_MAX));
  }
}
