package dev.signalbox.ops.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** A stream of lines that remembers each until it is answered. */
final class SentLines extends InputStream {
  private final BufferedReader lines;
  private final Map<Long, String> sent;
  private byte[] current = new byte[0];
  private int position;
  private long number;

  SentLines(InputStream in, Map<Long, String> sent) {
    lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.sent = sent;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : current[position++] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, to, from, count);
    position += count;
    return count;
  }

  private boolean isAtEnd() throws IOException {
    while (position == current.length) {
      var line = lines.readLine();
      if (line == null) {
        return true;
      }
      sent.put(++number, line);
      current = (line + "\n").getBytes(StandardCharsets.UTF_8);
      position = 0;
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
