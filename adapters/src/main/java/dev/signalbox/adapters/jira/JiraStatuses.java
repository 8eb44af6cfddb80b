package dev.signalbox.adapters.jira;

import dev.signalbox.adapters.settings.TargetFields;
import dev.signalbox.exceptions.Callback.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a change of an issue's status asks for. Names come first, in any case; then JIRA's category,
 * where {@code done} is resolved and all else is progress.
 *
 * @param resolved statuses that settle the matter
 * @param reopened statuses, or resolutions, by which the matter comes back unsettled
 * @param assigneeComesBack whether a new assignee takes the matter back to people here
 */
record JiraStatuses(Set<String> resolved, Set<String> reopened, boolean assigneeComesBack) {
  private static final String RESOLVED = "resolvedStatuses";
  private static final String REOPENED = "reopenedStatuses";
  private static final String ASSIGNEE = "assigneeComesBack";

  static final Set<String> FIELDS = Set.of(RESOLVED, REOPENED, ASSIGNEE);

  private static final List<String> RESOLVED_STANDARD = List.of("Done", "Closed", "Resolved");
  private static final List<String> REOPENED_STANDARD =
      List.of("Open", "Reopened", "Won't Do", "Won't Fix", "Rejected", "Declined", "Cancelled");

  /** Reads, and notes with the fields what is wrong. */
  static JiraStatuses from(TargetFields fields) {
    var resolved = names(fields.noting(List.of(), () -> fields.texts(RESOLVED, RESOLVED_STANDARD)));
    return new JiraStatuses(
        resolved,
        fields.noting(Set.of(), () -> reopened(fields, resolved)),
        fields.noting(false, () -> fields.flag(ASSIGNEE, false)));
  }

  private static Set<String> reopened(TargetFields fields, Set<String> resolved) {
    var reopened = names(fields.texts(REOPENED, REOPENED_STANDARD));
    for (var name : reopened) {
      if (resolved.contains(name)) {
        throw fields.wrong(REOPENED, "has \"%s\", and so has %s".formatted(name, RESOLVED));
      }
    }
    return reopened;
  }

  /**
   * @param category JIRA's key for the kind of status: {@code new}, {@code indeterminate} or {@code
   *     done}
   * @param resolution why the issue is done, e.g. {@code Won't Do}
   */
  Verdict verdict(String status, @Nullable String category, @Nullable String resolution) {
    if (reopened.contains(name(status))) {
      return Verdict.REOPENED;
    }
    if (resolved.contains(name(status)) || "done".equals(category)) {
      return resolution != null && reopened.contains(name(resolution))
          ? Verdict.REOPENED
          : Verdict.RESOLVED;
    }
    return Verdict.PROGRESS;
  }

  private static Set<String> names(List<String> names) {
    return names.stream().map(JiraStatuses::name).collect(Collectors.toUnmodifiableSet());
  }

  /** People type both apostrophes. */
  private static String name(String text) {
    return text.strip().replace('’', '\'').toLowerCase(Locale.ROOT);
  }
}
