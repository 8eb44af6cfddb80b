package dev.signalbox.rules;

import dev.signalbox.exceptions.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The files of a ruleset, by their paths below its folder ("/" between the parts).
 *
 * <p>Its identity is SHA-256 over a tag and then every file in the order of the paths: the length
 * of the path (4 bytes, big endian), the path in ASCII, the length of the content (4 bytes), the
 * content. It is the same on every machine: paths are plain ASCII, links are refused, and what is
 * hidden (a name that begins with a dot, such as {@code .git} or {@code .DS_Store}) does not belong
 * to the ruleset; nor do empty folders, times or permissions.
 */
public final class RulesetFiles {
  static final int FILES_MAX = 500;
  static final int BYTES_MAX = 4 << 20;
  private static final int SEEN_MAX = 20_000;

  private static final String TAG = "signalbox/ruleset/1";
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,3}");

  private final SortedMap<String, byte[]> files;
  private final Sha256 digest;

  private RulesetFiles(SortedMap<String, byte[]> files) {
    this.files = Collections.unmodifiableSortedMap(files);
    this.digest = digestOf(files);
  }

  /**
   * Reads a folder.
   *
   * @throws BadRuleset when it is none, or holds what a ruleset must not
   */
  public static RulesetFiles of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadRuleset(
          folder.toString(), List.of(Finding.of(folder.toString(), "There is no such folder.")));
    }
    var gathering = new Gathering();
    try {
      Files.walkFileTree(folder, new Walk(folder, gathering));
    } catch (IOException e) {
      throw new UncheckedIOException("The ruleset folder " + folder + " cannot be read.", e);
    }
    return gathering.files(folder.toString());
  }

  /**
   * Files by path, as an archive or a repository gives them. The same rules hold for them.
   *
   * @param ruleset how it is called
   * @throws BadRuleset when they hold what a ruleset must not
   */
  public static RulesetFiles of(String ruleset, SortedMap<String, byte[]> files) {
    var gathering = new Gathering();
    files.forEach(gathering::add);
    return gathering.files(ruleset);
  }

  public Sha256 digest() {
    return digest;
  }

  /** All files, in the order of their paths. The arrays are not to be written to. */
  public SortedMap<String, byte[]> all() {
    return files;
  }

  /**
   * @throws IllegalArgumentException when there is no such file
   */
  byte[] content(String path) {
    var content = files.get(path);
    if (content == null) {
      throw new IllegalArgumentException("The ruleset has no file \"" + path + "\".");
    }
    return content;
  }

  /** The files of a folder with an ending, in the order of their paths. */
  public SortedMap<String, byte[]> in(String folder, String ending) {
    return filtered(path -> path.startsWith(folder + "/") && path.endsWith(ending));
  }

  private SortedMap<String, byte[]> filtered(Predicate<String> wanted) {
    var found = new TreeMap<>(files);
    found.keySet().removeIf(wanted.negate());
    return found;
  }

  public static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private static Sha256 digestOf(SortedMap<String, byte[]> files) {
    return digestOf(TAG, files);
  }

  /** Of files in their order, after a tag. */
  static Sha256 digestOf(String tag, Map<String, byte[]> files) {
    var digest = Sha256.hashing();
    part(digest, tag.getBytes(StandardCharsets.US_ASCII));
    files.forEach((path, content) -> {
      part(digest, path.getBytes(StandardCharsets.US_ASCII));
      part(digest, content);
    });
    return Sha256.of(digest.digest());
  }

  private static void part(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    digest.update(part);
  }

  /** Collects files within the bounds, and what is wrong with them. */
  private static final class Gathering {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long bytes;

    void add(String path, byte[] content) {
      if (!PATH.matcher(path).matches()) {
        findings.add(
            Finding.of(
                path,
                "A path in a ruleset has at most 4 parts of letters, digits, \"-\", \"_\" and"
                    + " \".\"; rename it."));
        return;
      }
      bytes += content.length;
      files.put(path, content);
    }

    void refuseLink(String path) {
      findings.add(
          Finding.of(
              path, "A ruleset must be whole in itself, so links are refused; copy the file."));
    }

    boolean isFull() {
      return files.size() > FILES_MAX || bytes > BYTES_MAX;
    }

    RulesetFiles files(String ruleset) {
      if (isFull()) {
        findings.add(
            Finding.of(
                ruleset,
                "A ruleset has at most %d files and %d bytes; this one has more."
                    .formatted(FILES_MAX, BYTES_MAX)));
      }
      if (!findings.isEmpty()) {
        throw new BadRuleset(ruleset, findings);
      }
      return new RulesetFiles(files);
    }
  }

  /** Visits what is not hidden, and stops at the bounds. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Gathering gathering;
    private int seen;

    Walk(Path folder, Gathering gathering) {
      this.folder = folder;
      this.gathering = gathering;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      return !path.equals(folder) && isHidden(path)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      if (++seen > SEEN_MAX) {
        gathering.findings.add(
            Finding.of(
                folder.toString(),
                "More than %,d files are in it, hidden ones counted; a ruleset stands alone."
                    .formatted(SEEN_MAX)));
        return FileVisitResult.TERMINATE;
      }
      if (isHidden(path)) {
        return FileVisitResult.CONTINUE;
      }
      var relative = folder.relativize(path).toString().replace('\\', '/');
      if (attributes.isRegularFile()) {
        gathering.add(relative, content(path));
      } else {
        gathering.refuseLink(relative);
      }
      return gathering.isFull() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** At most one byte more than a whole ruleset may have. */
    private static byte[] content(Path path) throws IOException {
      try (var in = Files.newInputStream(path)) {
        return in.readNBytes(BYTES_MAX + 1);
      }
    }

    private static boolean isHidden(Path path) {
      var name = path.getFileName();
      return name != null && name.toString().startsWith(".");
    }
  }
}
