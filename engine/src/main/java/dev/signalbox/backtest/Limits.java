package dev.signalbox.backtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a candidate may change; null where it does not matter.
 *
 * @param changedPercent of the exceptions that were compared
 * @param severityLowered exceptions
 * @param severityRaised exceptions
 * @param unrouted exceptions that the candidate does not route, whatever the baseline does
 * @param conflicts exceptions on which rules of the candidate disagree
 * @param silentRules rules of the candidate that take part in nothing
 */
public record Limits(
    @Nullable BigDecimal changedPercent,
    @Nullable Long severityLowered,
    @Nullable Long severityRaised,
    @Nullable Long unrouted,
    @Nullable Long conflicts,
    @Nullable Long silentRules) {

  /** Anything goes. */
  public static final Limits NONE = new Limits(null, null, null, null, null, null);

  /** Each limit that is not kept, in a sentence. */
  public List<String> broken(Backtest found) {
    var broken = new ArrayList<String>();
    var percent = found.changedPercent();
    if (changedPercent != null && percent.compareTo(changedPercent) > 0) {
      broken.add(
          "%d of %d exceptions would change: %s %%, and %s %% may."
              .formatted(
                  found.changed(),
                  found.exceptions() - found.erased(),
                  percent.toPlainString(),
                  changedPercent.toPlainString()));
    }
    count(broken, found.severity().lowered(), severityLowered, "would be less grave");
    count(broken, found.severity().raised(), severityRaised, "would be graver");
    count(broken, found.unrouted().after(), unrouted, "would not be routed");
    count(broken, found.conflicts().after(), conflicts, "would meet rules that disagree");
    long silent =
        found.rules().stream()
            .filter(rule ->
                rule.status() == Backtest.Status.SILENT
                    || rule.status() == Backtest.Status.FALLS_SILENT)
            .count();
    if (silentRules != null && silent > silentRules) {
      broken.add(
          "%d rules of the candidate take part in nothing, and %d may."
              .formatted(silent, silentRules));
    }
    return List.copyOf(broken);
  }

  private static void count(
      List<String> broken, long found, @Nullable Long limit, String whatWouldBe) {
    if (limit != null && found > limit) {
      broken.add("%d exceptions %s, and %d may.".formatted(found, whatWouldBe, limit));
    }
  }
}
