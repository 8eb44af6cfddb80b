package dev.signalbox.journal;

import java.io.IOException;
import java.io.InputStream;

/**
 * What comes piece by piece, read as one: the next piece is asked for when the last one is read.
 */
public abstract class PieceStream extends InputStream {
  private byte[] piece = new byte[0];
  private int at;

  /** The next piece; empty at the end, and then again. */
  protected abstract byte[] next() throws IOException;

  private boolean isAtEnd() throws IOException {
    if (at == piece.length) {
      piece = next();
      at = 0;
    }
    return piece.length == 0;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : Byte.toUnsignedInt(piece[at++]);
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int some = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, target, from, some);
    at += some;
    return some;
  }
}
