package dev.signalbox.rules;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A whole ruleset in one piece: a ZIP of stored entries in the order of their paths, each of the
 * same time, so that the same files give the same bytes.
 */
public final class RulesetArchive {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private RulesetArchive() {}

  static byte[] write(RulesetFiles files) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : files.all().entrySet()) {
        zip.putNextEntry(entry(file.getKey(), file.getValue()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A ruleset could not be written to memory.", e);
    }
    return bytes.toByteArray();
  }

  /** Stored, not deflated: how deflation turns out depends on the machine's zlib. */
  private static ZipEntry entry(String path, byte[] content) {
    var checksum = new CRC32();
    checksum.update(content);
    var entry = new ZipEntry(path);
    entry.setTimeLocal(EPOCH);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    return entry;
  }

  /**
   * Reads one.
   *
   * @param ruleset how it is called
   * @throws BadRuleset when it holds what a ruleset must not
   */
  public static RulesetFiles read(String ruleset, byte[] archive) {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry();
          entry != null && files.size() <= RulesetFiles.FILES_MAX;
          entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readNBytes(RulesetFiles.BYTES_MAX + 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The archive of the ruleset " + ruleset + " is damaged.", e);
    }
    return RulesetFiles.of(ruleset, files);
  }
}
