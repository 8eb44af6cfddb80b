package dev.signalbox.intake;

import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text turned out to be. */
public sealed interface ReportReading {

  /** A report. */
  record Reported(ExceptionReport report) implements ReportReading {}

  /** The source withdraws an item: {@code cleared: true}. */
  record Withdrawn(ItemIdentity identity, @Nullable String reason) implements ReportReading {}

  /** Neither. Nothing of it may be used. */
  record Refused(List<ReportProblem> problems) implements ReportReading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
