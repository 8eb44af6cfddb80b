package dev.signalbox.ops.demo;

import dev.signalbox.ops.load.Summary;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the demo came to.
 *
 * @param events how many of each type
 * @param worthALook an exception whose explanation is worth a look
 * @param waiting one that waits for an analyst
 */
public record Story(
    Summary summary,
    Map<String, Long> bySeverity,
    Map<String, Long> byQueueAndLane,
    Map<String, Long> byStatus,
    Map<String, Long> attempts,
    Map<String, Long> events,
    long deadLetters,
    @Nullable UUID worthALook,
    @Nullable UUID waiting) {

  /** As a table for people. */
  public String text() {
    var text = new StringBuilder();
    section(text, "reported", summary.counts());
    section(text, "severity", bySeverity);
    section(text, "queue / lane", byQueueAndLane);
    section(text, "status now", byStatus);
    line(text, "by rules", "settled at once", event("ResolutionApproved"));
    line(text, "outside", "dispatched", event("DispatchRequested"));
    line(text, "", "delivered", event("DispatchDelivered"));
    line(text, "", "attempts that were retried", attempt("RETRY") + attempt("UNKNOWN"));
    line(text, "", "adopted after an unknown outcome", attempt("ADOPTED"));
    line(text, "", "closed by callback", event("Resolved") - event("ResolutionApproved"));
    line(text, "", "reopened by callback", event("Reopened"));
    line(text, "", "dead letters", deadLetters);
    return text.toString();
  }

  private long event(String type) {
    return events.getOrDefault(type, 0L);
  }

  private long attempt(String outcome) {
    return attempts.getOrDefault(outcome, 0L);
  }

  private static void section(StringBuilder text, String title, Map<String, Long> counts) {
    var heading = title;
    for (var entry : counts.entrySet()) {
      line(text, heading, entry.getKey(), entry.getValue());
      heading = "";
    }
  }

  private static void line(StringBuilder text, String title, String name, long count) {
    text.append("  %-14s %-34s %7d%n".formatted(title, name, count));
  }
}
