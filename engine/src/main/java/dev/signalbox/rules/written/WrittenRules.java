package dev.signalbox.rules.written;

import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.rules.RuleCard;
import dev.signalbox.rules.RuleFolder;
import dev.signalbox.rules.RuleSources;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.check.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** Reads the rules of a ruleset that has passed its check, as they are written. */
public final class WrittenRules {

  private WrittenRules() {}

  /** All rules, by decision point, and then as they stand in their files. */
  public static List<WrittenRule> of(RulesetFiles files) {
    var sources = new RuleSources(files);
    var rules = new ArrayList<WrittenRule>();
    for (var folder : RuleFolder.values()) {
      sources
          .in(folder, new ArrayList<>())
          .forEach((file, content) -> {
            var text = RulesetFiles.text(content);
            var code = new SourceText(text).code();
            var places = new RulePlaces(sources, file, code);
            parsed(code).stream()
                .sorted(Comparator.comparingInt(RuleDescr::getStartCharacter))
                .map(rule -> written(folder, rule, text, code, places))
                .forEach(rules::add);
          });
    }
    return rules;
  }

  private static List<RuleDescr> parsed(String code) {
    try {
      var unit = new DrlParser(LanguageLevelOption.DRL6).parse(true, code);
      return unit == null ? List.of() : unit.getRules();
    } catch (DroolsParserException e) {
      // Only what was checked comes here; what is not, has no rules.
      return List.of();
    }
  }

  private static WrittenRule written(
      RuleFolder folder, RuleDescr rule, String text, String code, RulePlaces places) {
    int from = Math.max(0, rule.getStartCharacter());
    int to = Math.min(code.length(), Math.max(from, rule.getEndCharacter() + 1));
    var at = places.at(from, rule.getName(), "");
    return new WrittenRule(
        folder.word(),
        new RuleCard(
            at.file(),
            at.line(),
            rule.getName(),
            new FiredRule(annotation(rule, "id"), annotation(rule, "because")),
            annotation(rule, "owner"),
            salience(rule)),
        text.substring(from, to),
        code.substring(from, to),
        rule.getLhs(),
        String.valueOf(rule.getConsequence()).strip(),
        places);
  }

  private static int salience(RuleDescr rule) {
    var text = rule.getSalience();
    return text == null ? 0 : Integer.parseInt(text.strip());
  }

  private static String annotation(RuleDescr rule, String name) {
    var annotation = rule.getAnnotation(name);
    var value = annotation == null ? null : annotation.getSingleValueStripped();
    return value == null ? "" : value.toString().strip();
  }
}
