package dev.signalbox.ops.load;

import dev.signalbox.intake.ReportReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * Passes bytes on as they are, and remembers each line until it is answered: of a line that is
 * longer than a report may be, its beginning.
 */
final class SentLines extends InputStream {
  private final InputStream in;
  private final Map<Long, String> sent;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number = 1;

  SentLines(InputStream in, Map<Long, String> sent) {
    this.in = in;
    this.sent = sent;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    int count = in.read(to, from, length);
    for (int i = from; i < from + count; i++) {
      if (to[i] == '\n') {
        endLine();
      } else if (line.size() < ReportReader.BYTES_MAX) {
        line.write(to[i]);
      }
    }
    if (count < 0) {
      endLine();
    }
    return count;
  }

  /** A blank line gets no answer. */
  private void endLine() {
    var text = line.toString(StandardCharsets.UTF_8);
    if (!text.isBlank()) {
      sent.put(number, text);
    }
    number++;
    line.reset();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
