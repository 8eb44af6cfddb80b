package dev.signalbox.intake;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines, wherever the chunks break. A line that is too long is dropped
 * while it passes and never held. Blank lines are skipped, and counted. One thread at a time.
 */
public final class ReportLines {
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final Sink sink;
  private boolean tooLong;
  private long number;

  /** Takes the lines. */
  public interface Sink {
    /**
     * A line.
     *
     * @param number counts from 1
     * @param line without its end; null when it was too long
     */
    void line(long number, byte @Nullable [] line);
  }

  public ReportLines(Sink sink) {
    this.sink = sink;
  }

  /** The next bytes of the stream. */
  public void push(byte[] chunk) {
    int from = 0;
    for (int i = 0; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        hold(chunk, from, i);
        endLine();
        from = i + 1;
      }
    }
    hold(chunk, from, chunk.length);
  }

  /** The stream has ended; a last line needs no line end. */
  public void end() {
    if (tooLong || held.size() > 0) {
      endLine();
    }
  }

  private void hold(byte[] chunk, int from, int to) {
    if (tooLong || held.size() + to - from > ReportReader.BYTES_MAX + 1) {
      tooLong = true;
      held.reset();
    } else {
      held.write(chunk, from, to - from);
    }
  }

  private void endLine() {
    number++;
    var line = held.toByteArray();
    held.reset();
    if (tooLong) {
      tooLong = false;
      sink.line(number, null);
    } else {
      var text =
          line.length > 0 && line[line.length - 1] == '\r'
              ? Arrays.copyOf(line, line.length - 1)
              : line;
      if (!isBlank(text)) {
        sink.line(number, text);
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
