package dev.signalbox.journal;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Files sealed piece by piece with AES-256-GCM, so that no piece is given out before it is known to
 * be genuine, and none can be left out, moved, added or cut off: the nonce of each is a prefix made
 * once for the file, its number, and whether it is the last (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, 2015). A key seals one file only.
 */
public final class FileSeal {
  private static final byte VERSION = 1;
  private static final int PREFIX = 7;
  private static final int TAG = 16;
  private static final int PIECE = 64 << 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private FileSeal() {}

  /** Seals what is written; it is whole when it is closed. */
  public static OutputStream closing(SecretKey key, OutputStream out) throws IOException {
    var prefix = new byte[PREFIX];
    RANDOM.nextBytes(prefix);
    out.write(VERSION);
    out.write(prefix);
    return new Closing(new Pieces(key, prefix, Cipher.ENCRYPT_MODE), out);
  }

  /**
   * Opens what is read, and closes it. Reading throws {@link Corrupt} when it is not what was
   * sealed with the key.
   */
  public static InputStream opening(SecretKey key, InputStream in) {
    return new Opening(key, new PushbackInputStream(in, 1));
  }

  /** One piece after the other. */
  private static final class Pieces {
    private final SecretKey key;
    private final byte[] prefix;
    private final int mode;
    private int number;

    Pieces(SecretKey key, byte[] prefix, int mode) {
      this.key = key;
      this.prefix = prefix;
      this.mode = mode;
    }

    byte[] next(byte[] bytes, int length, boolean last) {
      try {
        var nonce =
            ByteBuffer.allocate(PREFIX + Integer.BYTES + 1)
                .put(prefix)
                .putInt(number++)
                .put((byte) (last ? 1 : 0));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce.array()));
        return cipher.doFinal(bytes, 0, length);
      } catch (GeneralSecurityException e) {
        throw new Corrupt("A piece of a file does not open with its key.", e);
      }
    }
  }

  private static final class Closing extends FilterOutputStream {
    private final Pieces pieces;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
    private boolean closed;

    Closing(Pieces pieces, OutputStream out) {
      super(out);
      this.pieces = pieces;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    /** What may be the last piece waits until more comes. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int at = from;
      while (at < from + length) {
        if (piece.size() == PIECE) {
          give(false);
        }
        int some = Math.min(PIECE - piece.size(), from + length - at);
        piece.write(bytes, at, some);
        at += some;
      }
    }

    private void give(boolean last) throws IOException {
      out.write(pieces.next(piece.toByteArray(), piece.size(), last));
      piece.reset();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        give(true);
        super.close();
      }
    }
  }

  private static final class Opening extends PieceStream {
    private final SecretKey key;
    private final PushbackInputStream sealed;
    private @Nullable Pieces pieces;
    private boolean last;

    Opening(SecretKey key, PushbackInputStream sealed) {
      this.key = key;
      this.sealed = sealed;
    }

    private Pieces begun() throws IOException {
      var prefix = new byte[PREFIX];
      if (sealed.read() != VERSION || sealed.readNBytes(prefix, 0, PREFIX) != PREFIX) {
        throw new Corrupt("A file is not sealed as it was.", null);
      }
      return new Pieces(key, prefix, Cipher.DECRYPT_MODE);
    }

    @Override
    protected byte[] next() throws IOException {
      var opening = pieces == null ? begun() : pieces;
      pieces = opening;
      var piece = new byte[0];
      while (piece.length == 0 && !last) {
        var bytes = sealed.readNBytes(PIECE + TAG);
        int following = sealed.read();
        last = following < 0;
        if (!last) {
          sealed.unread(following);
        }
        piece = opening.next(bytes, bytes.length, last);
      }
      return piece;
    }

    @Override
    public void close() throws IOException {
      sealed.close();
    }
  }
}
