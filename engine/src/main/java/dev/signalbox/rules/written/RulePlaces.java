package dev.signalbox.rules.written;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.RuleSources;
import java.util.List;

/** Where the parts of a rule file stand; those of a decision table have the lines of the table. */
public final class RulePlaces {
  private final RuleSources sources;
  private final String file;
  private final String code;

  RulePlaces(RuleSources sources, String file, String code) {
    this.sources = sources;
    this.file = file;
    this.code = code;
  }

  Finding at(int offset, String rule, String what) {
    int to = Math.min(Math.max(0, offset), code.length());
    int line = 1 + (int) code.substring(0, to).chars().filter(c -> c == '\n').count();
    int column = to - code.lastIndexOf('\n', to - 1);
    return sources.placed(List.of(new Finding(file, line, column, rule, what))).getFirst();
  }
}
