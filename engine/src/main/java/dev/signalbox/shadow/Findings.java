package dev.signalbox.shadow;

import dev.signalbox.exceptions.CaseId;
import java.time.Duration;
import java.util.List;

/**
 * What a shadow has shown.
 *
 * @param differences in the order of their kinds and values
 */
public record Findings(Totals totals, List<Entry> differences) {
  /** What {@link Entry#what} is for rules that take part with the candidate only. */
  public static final String FIRES = "FIRES";

  /** What it is for rules that do not take part with the candidate. */
  public static final String SILENT = "SILENT";

  /** What it is for the reasons why the candidate failed. */
  public static final String FAILED = "FAILED";

  public Findings {
    differences = List.copyOf(differences);
  }

  /**
   * Decisions.
   *
   * @param same the candidate says the same, by the same rules
   * @param failed the candidate failed closed, or took too long
   * @param dropped there was no time for them
   * @param unsampled not of the sample
   * @param took what it took to ask the candidate, on all nodes together
   */
  public record Totals(
      long same, long differs, long failed, long dropped, long unsampled, Duration took) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, Duration.ZERO);

    /** About how many the candidate was asked. */
    public long asked() {
      return same + differs + failed;
    }

    Totals and(Totals other) {
      return new Totals(
          same + other.same,
          differs + other.differs,
          failed + other.failed,
          dropped + other.dropped,
          unsampled + other.unsampled,
          took.plus(other.took));
    }
  }

  /**
   * How often something differed in one way.
   *
   * @param what a {@link dev.signalbox.backtest.Dimension}, or one of the words above
   * @param was what was decided; of a rule that falls silent, its id
   * @param becomes what the candidate says; of a rule that fires, its id
   * @param examples some exceptions
   */
  public record Entry(String what, String was, String becomes, long count, List<CaseId> examples) {
    public Entry {
      examples = List.copyOf(examples);
    }
  }

  boolean isNothing() {
    return totals.equals(Totals.NONE) && differences.isEmpty();
  }
}
