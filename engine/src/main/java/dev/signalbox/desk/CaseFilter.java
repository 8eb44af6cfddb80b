package dev.signalbox.desk;

import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sight;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which cases to list; what is empty or null does not narrow.
 *
 * @param openedFrom inclusive
 * @param openedBefore exclusive
 * @param sight of whoever asks
 */
public record CaseFilter(
    List<CaseStatus> statuses,
    List<Severity> severities,
    @Nullable String queue,
    @Nullable String assignee,
    @Nullable String context,
    @Nullable String source,
    @Nullable String outside,
    @Nullable Instant openedFrom,
    @Nullable Instant openedBefore,
    Sight sight) {
  public CaseFilter {
    statuses = List.copyOf(statuses);
    severities = List.copyOf(severities);
  }

  public static CaseFilter all() {
    return new CaseFilter(
        List.of(), List.of(), null, null, null, null, null, null, null, Sight.ALL);
  }
}
