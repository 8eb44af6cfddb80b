package dev.signalbox.talk;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.FileKeys.FileKey;
import dev.signalbox.journal.FileSeal;
import dev.signalbox.journal.Subject;
import dev.signalbox.outside.StoreAway;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file on its way in, sealed and kept on this machine until it is whole: no store is spoken to
 * before, and none sees what was broken off. For one thread.
 */
public final class IncomingFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IncomingFile.class);

  private final UUID id;
  private final Subject subject;
  private final MessageDigest digest = Sha256.hashing();
  private final Path path;
  private final OutputStream out;
  private long bytes;
  private String sha256 = "";

  private IncomingFile(UUID id, Subject subject, Path path, OutputStream out) {
    this.id = id;
    this.subject = subject;
    this.path = path;
    this.out = out;
  }

  static IncomingFile begin(UUID id, FileKey key) {
    try {
      var path = Files.createTempFile("signalbox-", ".upload");
      return new IncomingFile(
          id, key.subject(), path, FileSeal.closing(key.key(), Files.newOutputStream(path)));
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  public void add(byte[] piece) {
    digest.update(piece);
    bytes += piece.length;
    try {
      out.write(piece);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  /** Says that this was all of it. */
  public void end() {
    sha256 = HexFormat.of().formatHex(digest.digest());
    try {
      out.close();
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static StoreAway noRoom(IOException e) {
    return new StoreAway("An upload cannot be kept in the folder for temporary files: " + e, e);
  }

  /** Under which it is stored. */
  public UUID id() {
    return id;
  }

  /** How much came so far. */
  public long bytes() {
    return bytes;
  }

  /** 64 hexadecimal digits, once all is there. */
  public String sha256() {
    return sha256;
  }

  /** Whose key it takes beside its own. */
  Subject subject() {
    return subject;
  }

  /** Where it is, sealed. */
  Path path() {
    return path;
  }

  /** Removes what this machine has of it. */
  @Override
  public void close() {
    try {
      out.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("The temporary file {} of an upload stays behind: {}", path, e.toString());
    }
  }
}
