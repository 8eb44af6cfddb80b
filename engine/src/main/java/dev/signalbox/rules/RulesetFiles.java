package dev.signalbox.rules;

import dev.signalbox.exceptions.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The files of a ruleset, by their paths below its folder. Its identity is SHA-256 over all of them
 * in the order of their paths: for each the length of the path (4 bytes, big endian) and its UTF-8
 * bytes, then the length of the content (4 bytes) and the content. Files whose name, or a folder's,
 * begins with a dot do not belong to it.
 */
public final class RulesetFiles {
  private static final int FILES_MAX = 2_000;

  private final SortedMap<String, byte[]> files;

  private RulesetFiles(SortedMap<String, byte[]> files) {
    this.files = files;
  }

  /**
   * Reads a folder.
   *
   * @throws BadRuleset when it is none, or holds too much
   */
  public static RulesetFiles of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadRuleset(folder.toString(), List.of("There is no such folder."));
    }
    var files = new TreeMap<String, byte[]>();
    try (var paths = Files.walk(folder)) {
      for (var path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        var relative = folder.relativize(path);
        if (isVisible(relative)) {
          files.put(relative.toString().replace('\\', '/'), Files.readAllBytes(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The ruleset " + folder + " cannot be read.", e);
    }
    if (files.size() > FILES_MAX) {
      throw new BadRuleset(
          folder.toString(), List.of("It has more than %d files.".formatted(FILES_MAX)));
    }
    return new RulesetFiles(files);
  }

  private static boolean isVisible(Path relative) {
    for (var part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** Reads {@link #archive} back. */
  public static RulesetFiles ofArchive(byte[] archive) {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("An archived ruleset cannot be read.", e);
    }
    return new RulesetFiles(files);
  }

  /** All files, whole, as a ZIP. */
  public byte[] archive() {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        var entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public Sha256 digest() {
    var digest = sha256();
    files.forEach((path, content) -> {
      update(digest, path.getBytes(StandardCharsets.UTF_8));
      update(digest, content);
    });
    return Sha256.of(digest.digest());
  }

  /** The files below a folder with an ending. */
  Map<String, byte[]> in(String folder, String ending) {
    var found = new TreeMap<String, byte[]>();
    files.forEach((path, content) -> {
      if (path.startsWith(folder + "/") && path.endsWith(ending)) {
        found.put(path, content);
      }
    });
    return Collections.unmodifiableMap(found);
  }

  byte[] file(String path) {
    var content = files.get(path);
    if (content == null) {
      throw new BadRuleset(path, List.of("The file \"" + path + "\" is missing."));
    }
    return content;
  }

  private static void update(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }
}
