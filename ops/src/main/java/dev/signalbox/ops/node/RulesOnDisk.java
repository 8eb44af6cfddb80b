package dev.signalbox.ops.node;

import dev.signalbox.journal.MasterKey;
import dev.signalbox.ops.embedded.PrivateFiles;
import dev.signalbox.rules.kept.KeptRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled rules in a folder of the data directory: each file an HMAC-SHA-256 over its name and its
 * content, by a key of this installation, and then the content. So what was damaged, half written,
 * renamed or made by others is noticed, and thrown away. The folder may be deleted at any time, and
 * where it cannot be written, a start takes longer.
 *
 * <p>The user of this program can write there, and so can whoever restores a backup. Whoever has
 * the key as well can make a file that this takes: the second wall around rules is still before
 * him.
 */
final class RulesOnDisk implements KeptRules {
  static final int FILES_MAX = 64;

  /** The largest ruleset that is allowed becomes a tenth of that. */
  private static final long BYTES_MAX = 64 << 20;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SEAL_BYTES = 32;
  private static final Logger LOG = LoggerFactory.getLogger(RulesOnDisk.class);

  private final Path folder;
  private final InstantSource clock;
  private final CompletableFuture<SecretKey> key = new CompletableFuture<>();

  /** Finds nothing, and puts off what is to be kept, until {@link #unlock}. */
  RulesOnDisk(Path data, InstantSource clock) {
    this.folder = data.resolve("rules");
    this.clock = clock;
  }

  /** The key is known; safe to call again. */
  void unlock(MasterKey master) {
    key.complete(master.keptRules());
  }

  @Override
  public byte @Nullable [] find(String name) {
    var known = key.getNow(null);
    var file = folder.resolve(name);
    if (known == null || !Files.isRegularFile(file)) {
      return null;
    }
    try {
      var bytes = Files.size(file) > BYTES_MAX ? new byte[0] : Files.readAllBytes(file);
      if (bytes.length > SEAL_BYTES) {
        var content = Arrays.copyOfRange(bytes, SEAL_BYTES, bytes.length);
        var seal = Arrays.copyOf(bytes, SEAL_BYTES);
        if (MessageDigest.isEqual(seal, seal(known, name, content))) {
          // The least recently used go first.
          Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
          return content;
        }
      }
      discard(name, "It is not as this installation wrote it.");
    } catch (IOException e) {
      LOG.warn("The compiled rules in {} cannot be read; they are compiled again.", file, e);
    }
    return null;
  }

  @Override
  public void keep(String name, byte[] content) {
    var _ = key.thenAccept(known -> write(name, content, known));
  }

  private synchronized void write(String name, byte[] content, SecretKey known) {
    try {
      PrivateFiles.directory(folder);
      var seal = seal(known, name, content);
      var bytes = ByteBuffer.allocate(seal.length + content.length).put(seal).put(content).array();
      PrivateFiles.write(folder.resolve(name), bytes);
      tidy();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Compiled rules cannot be kept in {}; the next start takes longer.", folder, e);
    }
  }

  private void tidy() throws IOException {
    try (var files = Files.list(folder)) {
      var oldest =
          files.sorted(Comparator.comparing(RulesOnDisk::used).reversed()).skip(FILES_MAX).toList();
      for (var file : oldest) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileTime used(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Somebody deleted it just now.
      return FileTime.fromMillis(0);
    }
  }

  @Override
  public void discard(String name, String why) {
    var file = folder.resolve(name);
    LOG.warn("The compiled rules in {} are thrown away, and compiled again: {}", file, why);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted; delete it.", file, e);
    }
  }

  private static byte[] seal(SecretKey key, String name, byte[] content) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(name.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no HmacSHA256.", e);
    }
  }
}
