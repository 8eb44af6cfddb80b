package dev.signalbox.rules;

import dev.signalbox.rules.check.TableSize;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.drools.decisiontable.parser.DefaultRuleSheetListener;
import org.drools.decisiontable.parser.csv.CsvLineParser;
import org.drools.decisiontable.parser.csv.CsvParser;
import org.drools.template.model.DRLOutput;
import org.jspecify.annotations.Nullable;

/**
 * A decision table in a CSV file, and the rules that it becomes: one for each line, which are then
 * read, checked and compiled as if somebody had written them. Each cell is one line of text.
 *
 * @param drl the rules
 * @param lines the line of the table for each line of the rules; 0 where there is none
 */
record DecisionTable(String drl, List<Integer> lines) {
  private static final Pattern ORIGIN = Pattern.compile("// rule values at [A-Z]+(\\d+),.*");
  private static final Pattern CELL = Pattern.compile("cell \\[?[A-Z]+(\\d+)");

  /** Null, and a finding, when it is no decision table. */
  static @Nullable DecisionTable read(String file, byte[] content, List<Finding> findings) {
    var drl = new DRLOutput();
    try {
      var listener = new DefaultRuleSheetListener();
      new CsvParser(
              new TableSize(listener, DrlReading.RULES_MAX, RulesetFiles.BYTES_MAX),
              new CsvLineParser())
          .parseFile(new ByteArrayInputStream(content));
      listener.getRuleSet().renderDRL(drl);
    } catch (TableSize.TooLarge e) {
      findings.add(new Finding(file, e.row(), 0, null, String.valueOf(e.getMessage())));
      return null;
    } catch (RuntimeException e) {
      // The reader has exceptions of its own, and stumbles over what it does not expect.
      findings.add(notATable(file, e));
      return null;
    }
    return new DecisionTable(drl.getDRL(), origins(drl.getDRL()));
  }

  byte[] content() {
    return drl.getBytes(StandardCharsets.UTF_8);
  }

  /** Where a line of the rules comes from; 0 for the head of the table. */
  int lineOf(int generated) {
    return generated > 0 && generated <= lines.size() ? lines.get(generated - 1) : 0;
  }

  private static List<Integer> origins(String drl) {
    var origins = new ArrayList<Integer>();
    int origin = 0;
    for (var line : drl.lines().toList()) {
      var found = ORIGIN.matcher(line.strip());
      origin = found.matches() ? Integer.parseInt(found.group(1)) : origin;
      origins.add(origin);
    }
    return List.copyOf(origins);
  }

  private static Finding notATable(String file, RuntimeException e) {
    var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    var cell = CELL.matcher(message);
    return new Finding(
        file,
        cell.find() ? Integer.parseInt(cell.group(1)) : 0,
        0,
        null,
        "It is no decision table: " + DrlReading.sentence(message));
  }
}
