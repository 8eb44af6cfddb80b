package dev.signalbox.backtest;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Sha256;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What would change. Each exception counts once, by the decision at which the two rulesets first
 * differ, or else by its first.
 *
 * @param exceptions how many were looked at
 * @param erased how many of them could not be compared, since what rules saw was erased
 * @param decisions how many decisions were made again with both rulesets
 * @param changed exceptions for which people or machines would do something else
 * @param severity of those, how many would be graver, and how many less grave
 * @param sla minutes, over all exceptions
 * @param unrouted exceptions that a ruleset does not route
 * @param conflicts exceptions on which rules of a ruleset disagree
 * @param failed exceptions on which a ruleset fails closed
 * @param money magnitudes in the baseline's reporting currency
 */
public record Backtest(
    Side baseline,
    Side candidate,
    long exceptions,
    long erased,
    long decisions,
    long changed,
    Severities severity,
    Minutes sla,
    Both unrouted,
    Both conflicts,
    Both failed,
    Amounts money,
    List<Table> tables,
    List<RuleUse> rules) {
  public Backtest {
    tables = List.copyOf(tables);
    rules = List.copyOf(rules);
  }

  /** A ruleset. */
  public record Side(String name, Sha256 digest) {}

  /** How many with the one ruleset, and with the other. */
  public record Both(long before, long after) {
    Both and(boolean isBefore, boolean isAfter) {
      return new Both(before + (isBefore ? 1 : 0), after + (isAfter ? 1 : 0));
    }

    Both and(Both other) {
      return new Both(before + other.before, after + other.after);
    }
  }

  /** Exceptions that would be graver, and less grave. */
  public record Severities(long raised, long lowered) {}

  /** Minutes of SLA in all, and how many exceptions would have less or more time. */
  public record Minutes(long before, long after, long shorter, long longer) {}

  /**
   * Money that is moved.
   *
   * @param compared on all exceptions that were compared
   * @param changed on those that change
   * @param unknown how many exceptions have an amount that cannot be converted; they count nothing
   */
  public record Amounts(
      CurrencyCode currency, BigDecimal compared, BigDecimal changed, long unknown) {}

  /** From one answer to the other. */
  public record Table(Dimension dimension, List<Cell> cells) {
    public Table {
      cells = List.copyOf(cells);
    }
  }

  /**
   * Exceptions with one answer and the other.
   *
   * @param examples some that change; none where they are the same
   */
  public record Cell(String from, String to, long count, BigDecimal amount, List<CaseId> examples) {
    public Cell {
      examples = List.copyOf(examples);
    }

    public boolean isChange() {
      return !from.equals(to);
    }
  }

  /**
   * In how many decisions a rule took part.
   *
   * @param status what becomes of it
   * @param examples exceptions for which it takes part now, or does not any more
   */
  public record RuleUse(
      String id, String because, long before, long after, Status status, List<CaseId> examples) {
    public RuleUse {
      examples = List.copyOf(examples);
    }
  }

  /** What becomes of a rule. */
  public enum Status {
    /** It is only in the candidate, and takes part. */
    NEW,
    /** It takes part now. */
    NEWLY_FIRES,
    /** It takes part no more, though it is still there. */
    FALLS_SILENT,
    /** It took part, and is not in the candidate. */
    REMOVED,
    /** It is in the candidate, and takes part in nothing. */
    SILENT,
    /** It takes part before and after. */
    FIRES
  }

  /** What part of the exceptions that were compared changes, in percent with two decimals. */
  public BigDecimal changedPercent() {
    long compared = exceptions - erased;
    return compared == 0
        ? BigDecimal.ZERO.setScale(2)
        : BigDecimal.valueOf(changed * 100)
            .divide(BigDecimal.valueOf(compared), 2, RoundingMode.HALF_UP);
  }
}
