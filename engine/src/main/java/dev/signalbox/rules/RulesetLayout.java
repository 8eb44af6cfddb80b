package dev.signalbox.rules;

import dev.signalbox.rules.calendars.CalendarReading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which file may stand where: a misspelt folder must not silently take its rules out of force. */
final class RulesetLayout {
  private static final String SCENARIOS = "scenarios";

  private RulesetLayout() {}

  static List<Finding> findings(RulesetFiles files) {
    var findings = new ArrayList<Finding>();
    var paths = files.all().keySet();
    if (!paths.contains(RulesetManifest.FILE)) {
      findings.add(
          Finding.of(RulesetManifest.FILE, "The file is missing; every ruleset begins with it."));
    }
    for (var folder : RuleFolder.values()) {
      var point = folder.word();
      if (folder.isRequired()
          && files.in(point, "").keySet().stream().noneMatch(RuleSources::isRuleFile)) {
        findings.add(
            Finding.of(
                point, "There is no rule file; add one, e.g. %s/%s.drl.".formatted(point, point)));
      }
    }
    for (var path : paths) {
      var what = fault(path);
      if (what != null) {
        findings.add(Finding.of(path, what));
      }
    }
    return findings;
  }

  private static @Nullable String fault(String path) {
    if (path.endsWith(".md") || path.equals(RulesetManifest.FILE)) {
      return null;
    }
    int slash = path.indexOf('/');
    if (slash < 0) {
      return "Beside ruleset.yaml, a ruleset has only folders and *.md files.";
    }
    var folder = path.substring(0, slash);
    var name = path.substring(slash + 1);
    if (folder.equals(CalendarReading.FOLDER)) {
      return onlyFiles(name.endsWith(CalendarReading.ENDING), "*.yaml", folder, name);
    }
    if (folder.equals(SCENARIOS)) {
      return onlyFiles(name.endsWith(".yaml"), "*.yaml", folder, name);
    }
    return RuleFolder.words().contains(folder)
        ? onlyFiles(RuleSources.isRuleFile(name), "*.drl and *.csv", folder, name)
        : "A ruleset has no folder \"%s\"; its folders are %s, %s and %s."
            .formatted(
                folder, String.join(", ", RuleFolder.words()), CalendarReading.FOLDER, SCENARIOS);
  }

  private static @Nullable String onlyFiles(
      boolean known, String endings, String folder, String name) {
    return known && name.indexOf('/') < 0
        ? null
        : "In %s/ there are only %s files, and no folders.".formatted(folder, endings);
  }
}
