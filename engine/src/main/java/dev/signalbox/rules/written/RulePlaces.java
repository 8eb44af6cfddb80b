package dev.signalbox.rules.written;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.RuleSources;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where the parts of a rule file stand; those of a decision table have the lines of the table. */
public final class RulePlaces {
  private final RuleSources sources;
  private final String file;
  private final int length;
  private final int[] lineEnds;

  RulePlaces(RuleSources sources, String file, String code) {
    this.sources = sources;
    this.file = file;
    length = code.length();
    lineEnds = IntStream.range(0, length).filter(i -> code.charAt(i) == '\n').toArray();
  }

  Finding at(int offset, String rule, String what) {
    int to = Math.min(Math.max(0, offset), length);
    int found = Arrays.binarySearch(lineEnds, to);
    int before = found < 0 ? -found - 1 : found;
    int line = before + 1;
    int column = to - (before == 0 ? -1 : lineEnds[before - 1]);
    return sources.placed(List.of(new Finding(file, line, column, rule, what))).getFirst();
  }
}
