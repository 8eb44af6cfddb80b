package dev.signalbox.ops.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the scenarios of one ruleset.
 *
 * @param folder as the caller named it
 * @param digest its identity; null where it could not be loaded
 * @param scenarios those that ran
 * @param coverage which rules they fired; null where not all ran, or the ruleset could not be
 *     loaded
 * @param told all that keeps it from passing, by place
 */
public record Tested(
    String folder,
    @Nullable String digest,
    List<Tried> scenarios,
    @Nullable Coverage coverage,
    List<Told> told) {
  public Tested {
    scenarios = List.copyOf(scenarios);
    told = told.stream().sorted(Told.BY_PLACE).toList();
  }

  /**
   * One scenario.
   *
   * @param file as the caller may open it
   * @param line where it begins, from 1
   * @param fired ids of rules
   * @param differences what was not as expected, a sentence each; empty when it passed
   */
  public record Tried(
      String file,
      int line,
      String name,
      double seconds,
      List<String> fired,
      List<String> differences) {
    public Tried {
      fired = List.copyOf(fired);
      differences = List.copyOf(differences);
    }

    public boolean passed() {
      return differences.isEmpty();
    }
  }

  /**
   * Which rules fired.
   *
   * @param neverFired ids, each with its place
   */
  public record Coverage(int rules, List<Told> neverFired) {
    private static final double HUNDRED = 100;

    public Coverage {
      neverFired = List.copyOf(neverFired);
    }

    public int fired() {
      return rules - neverFired.size();
    }

    /** Rounded down, so that 100 means all. */
    public double percent() {
      return rules == 0 ? HUNDRED : Math.floor(HUNDRED * 10 * fired() / rules) / 10;
    }
  }

  public boolean passed() {
    return told.isEmpty();
  }

  public long failed() {
    return scenarios.stream().filter(tried -> !tried.passed()).count();
  }
}
