package dev.signalbox.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rules of a ruleset, those of its decision tables among them, and where they come from. */
public final class RuleSources {
  private static final String TABLE = ".csv";
  private static final String RULES = ".drl";
  private static final Pattern PLACE = Pattern.compile("(\\S+\\.csv)\\.drl:(\\d+)");

  private final RulesetFiles files;
  private final Map<String, DecisionTable> tables = new HashMap<>();

  public RuleSources(RulesetFiles files) {
    this.files = files;
  }

  static boolean isRuleFile(String path) {
    return path.endsWith(RULES) || path.endsWith(TABLE);
  }

  /** The rule files of a folder; a table's rules are named as it is, and {@code .drl}. */
  public Map<String, byte[]> in(RuleFolder folder, List<Finding> findings) {
    var sources = new TreeMap<>(files.in(folder.word(), RULES));
    files
        .in(folder.word(), TABLE)
        .forEach((path, content) -> {
          var table = DecisionTable.read(path, content, findings);
          if (table != null) {
            sources.put(path + RULES, table.content());
            tables.put(path + RULES, table);
          }
        });
    return sources;
  }

  /** What was found in the rules of tables, with the lines that an author knows. */
  public List<Finding> placed(List<Finding> findings) {
    return findings.stream().map(this::placed).toList();
  }

  /** A rule with the place that its author knows. */
  RuleCard placed(RuleCard card) {
    var at = placed(new Finding(card.file(), card.line(), 0, card.name(), ""));
    return new RuleCard(
        at.file(), at.line(), card.name(), card.fired(), card.owner(), card.salience());
  }

  private Finding placed(Finding finding) {
    var what =
        PLACE
            .matcher(finding.what())
            .replaceAll(place -> {
              var table = tables.get(place.group(1) + RULES);
              return table == null
                  ? place.group()
                  : place.group(1) + ":" + table.lineOf(Integer.parseInt(place.group(2)));
            });
    var table = tables.get(finding.file());
    return table == null
        ? new Finding(finding.file(), finding.line(), finding.column(), finding.rule(), what)
        : new Finding(
            finding.file().substring(0, finding.file().length() - RULES.length()),
            table.lineOf(finding.line()),
            0,
            finding.rule(),
            what);
  }
}
