package dev.signalbox.ops.compare;

import dev.signalbox.backtest.Comparison;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.intake.ReportLines;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Occasion;
import dev.signalbox.rules.Question;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports in a file, one in a line, each of which is decided as if it had come in when it was
 * detected. The memory it takes is that of a line.
 */
public final class ReportFile {
  private static final int BLOCK = 1 << 16;

  private final String name;
  private final @Nullable Instant asOf;

  /**
   * A file.
   *
   * @param asOf the instant at which reports come in that do not say when they were detected; null
   *     where each says it
   */
  public ReportFile(String name, @Nullable Instant asOf) {
    this.name = name;
    this.asOf = asOf;
  }

  /**
   * Lets all reports be compared.
   *
   * @param progress told how many lines were read
   * @throws IllegalStateException with its line, when a line is no report
   */
  public void compare(InputStream in, Comparison into, LongConsumer progress) throws IOException {
    var lines = new ReportLines((number, line) -> take(number, line, into, progress));
    var block = new byte[BLOCK];
    for (int length = in.read(block); length > 0; length = in.read(block)) {
      lines.push(Arrays.copyOf(block, length));
    }
    lines.end();
  }

  private void take(long number, byte @Nullable [] line, Comparison into, LongConsumer progress) {
    if (line == null) {
      throw wrong(number, "It is too long.");
    }
    switch (ReportReader.read(line)) {
      case ReportReading.Reported(var report) -> into(report, number, into);
      case ReportReading.Withdrawn withdrawn -> {}
      case ReportReading.Refused(var problems) -> {
        var first = problems.getFirst();
        throw wrong(number, (first.pointer() + " " + first.detail()).strip());
      }
    }
    progress.accept(number);
  }

  private void into(ExceptionReport report, long number, Comparison into) {
    var at = report.detectedAt() != null ? report.detectedAt() : asOf;
    if (at == null) {
      throw wrong(number, "It does not say when it was detected. Maybe give --as-of.");
    }
    var question = new Question(report.withoutPayload(), Detection.first(at), at);
    var moment =
        new Moment(report.caseId(), 1, Occasion.OPENED, at, question, false, Moment.Said.NOTHING);
    into.take(moment);
    into.end(report.caseId());
  }

  private IllegalStateException wrong(long number, String why) {
    return new IllegalStateException("%s, line %d: %s".formatted(name, number, why));
  }
}
