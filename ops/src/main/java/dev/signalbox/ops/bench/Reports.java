package dev.signalbox.ops.bench;

import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import dev.signalbox.ops.generate.ReportGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Generated reports, as bytes: all of them new items, so that every one costs a case.
 *
 * @param lines each without its line end
 */
record Reports(List<byte[]> lines) {

  /** The seed decides, and its references are unlike those of any other seed. */
  static Reports generate(int count, long seed, Instant now) {
    var generator = new ReportGenerator(seed, now);
    var lines = new ArrayList<byte[]>(count);
    for (int i = 0; i < count; i++) {
      var report = generator.next();
      report.put("sourceRef", "%d/%d".formatted(seed, i));
      lines.add(report.toString().getBytes(StandardCharsets.UTF_8));
    }
    return new Reports(lines);
  }

  int count() {
    return lines.size();
  }

  long bytes() {
    return lines.stream().mapToLong(line -> line.length).sum();
  }

  /** As the intake reads them. */
  List<ExceptionReport> read() {
    return lines.stream()
        .map(line ->
            switch (ReportReader.read(line)) {
              case ReportReading.Reported(var report) -> report;
              case ReportReading.Withdrawn withdrawn ->
                  throw new IllegalStateException("No withdrawal is generated.");
              case ReportReading.Refused(var problems) ->
                  throw new IllegalStateException("A generated report is refused: " + problems);
            })
        .toList();
  }
}
