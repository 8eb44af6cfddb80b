package dev.signalbox.talk;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.disputes.Evidence.Upload;
import dev.signalbox.journal.Corrupt;
import dev.signalbox.outside.StoreAway;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A file on its way out, piece by piece. The last piece is given only when all of it is what was
 * taken in. For one thread.
 */
public final class OutgoingFile implements AutoCloseable {
  private static final int PIECE = 256 << 10;

  private final MessageDigest digest = Sha256.hashing();
  private final Upload file;
  private final InputStream in;
  private final Consumer<String> outcome;
  private long given;

  /**
   * @param outcome is told how it ended: {@code done}, {@code away} or {@code damaged}
   */
  OutgoingFile(Upload file, InputStream in, Consumer<String> outcome) {
    this.file = file;
    this.in = in;
    this.outcome = outcome;
  }

  /**
   * The next piece; empty when there was a last one.
   *
   * @throws FileDamaged when it is not what was taken in
   * @throws StoreAway when its store broke off
   */
  public byte[] next() {
    if (given == file.bytes() && given > 0) {
      return new byte[0];
    }
    try {
      var piece = in.readNBytes(PIECE);
      digest.update(piece);
      given += piece.length;
      if (piece.length < PIECE || given >= file.bytes()) {
        check();
      }
      return piece;
    } catch (Corrupt e) {
      outcome.accept("damaged");
      throw new FileDamaged("The file %s: %s".formatted(file.id(), e.getMessage()));
    } catch (IOException e) {
      outcome.accept("away");
      throw new StoreAway("The file %s broke off: %s".formatted(file.id(), e), e);
    }
  }

  private void check() throws IOException {
    var sha256 = HexFormat.of().formatHex(digest.digest());
    if (given != file.bytes() || in.read() >= 0 || !sha256.equals(file.sha256())) {
      outcome.accept("damaged");
      throw new FileDamaged("The file %s is not the one that was taken in.".formatted(file.id()));
    }
    outcome.accept("done");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // What was needed of it is there.
    }
  }
}
