package dev.signalbox.rules;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a ruleset.
 *
 * @param file the path below the ruleset's folder
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1; 0 where the whole line is meant
 * @param rule the rule's name; null where none is concerned
 * @param what one sentence: what is wrong, and the cure where we know it
 */
public record Finding(String file, int line, int column, @Nullable String rule, String what) {

  /** Who made so many mistakes is told of these first; looking for more takes time and memory. */
  public static final int ENOUGH = 500;

  /** One that is about a whole file. */
  public static Finding of(String file, String what) {
    return new Finding(file, 0, 0, null, what);
  }

  /** {@code classify/severity.drl:12:3: rule "…": what is wrong.} */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + (line > 0 && column > 0 ? ":" + column : "")
        + ": "
        + (rule == null ? "" : "rule \"" + rule + "\": ")
        + what;
  }
}
