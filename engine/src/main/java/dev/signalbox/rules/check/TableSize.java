package dev.signalbox.rules.check;

import java.util.HashMap;
import java.util.Map;
import org.drools.template.parser.DataListener;

/**
 * Stands before the reader of decision tables, and stops it before it makes more of a table than a
 * ruleset may be: each cell becomes the text at the head of its column, with the cell in it as
 * often as that says.
 */
public final class TableSize implements DataListener {
  private static final int CELL_MAX = 2_000;
  private static final int COLUMNS_MAX = 200;

  /** From "RuleTable": what each column is, which fact, the text, and its title. */
  private static final int HEAD = 4;

  private final DataListener reader;
  private final int rulesMax;
  private final int sizeMax;
  private final Map<Integer, String> heads = new HashMap<>();
  private int headRow = -1;
  private int row;
  private long size;

  /**
   * @param rulesMax as many lines it may have
   * @param sizeMax as many characters its rules may have
   */
  public TableSize(DataListener reader, int rulesMax, int sizeMax) {
    this.reader = reader;
    this.rulesMax = rulesMax;
    this.sizeMax = sizeMax;
  }

  /** A table that is refused for what it would become; told with the row that was too much. */
  public static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int row;

    TooLarge(int row, String message) {
      super(message);
      this.row = row;
    }

    /** From 1. */
    public int row() {
      return row;
    }
  }

  @Override
  public void startSheet(String name) {
    reader.startSheet(name);
  }

  @Override
  public void finishSheet() {
    reader.finishSheet();
  }

  @Override
  public void newRow(int rowNumber, int columns) {
    row = rowNumber;
    if (columns > COLUMNS_MAX) {
      throw tooLarge("A decision table has at most %d columns.".formatted(COLUMNS_MAX));
    }
    if (headRow >= 0 && rowNumber - headRow > HEAD + rulesMax) {
      throw tooLarge("A ruleset has at most %d rules.".formatted(rulesMax));
    }
    reader.newRow(rowNumber, columns);
  }

  @Override
  public void newCell(int rowNumber, int column, String value, int mergedColStart) {
    if (value.length() > CELL_MAX) {
      throw tooLarge("A cell has at most %,d characters.".formatted(CELL_MAX));
    }
    if (value.strip().regionMatches(true, 0, "RuleTable", 0, "RuleTable".length())) {
      headRow = rowNumber;
      heads.clear();
    } else if (headRow >= 0 && rowNumber - headRow <= HEAD) {
      heads.merge(column, value, String::concat);
    } else if (!value.isBlank()) {
      size += becomes(heads.getOrDefault(column, ""), value);
    }
    if (size > sizeMax) {
      throw tooLarge(
          "The table becomes more than %,d characters of rules; shorten its columns' texts, or make"
                  .formatted(sizeMax)
              + " it smaller.");
    }
    reader.newCell(rowNumber, column, value, mergedColStart);
  }

  /** At most so many characters: "forall" repeats its text for each value between commas. */
  private static long becomes(String head, String value) {
    long repeats = head.contains("forall") ? 1 + count(value, ',') : 1;
    return repeats * (head.length() + (1 + count(head, '$')) * value.length());
  }

  private static long count(String text, char sign) {
    return text.chars().filter(c -> c == sign).count();
  }

  private TooLarge tooLarge(String what) {
    return new TooLarge(row + 1, what);
  }
}
