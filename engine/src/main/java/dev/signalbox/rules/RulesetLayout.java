package dev.signalbox.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which file may stand where: a misspelt folder must not silently take its rules out of force. */
final class RulesetLayout {
  static final String CLASSIFY = "classify";
  static final String ROUTE = "route";
  static final String SCENARIOS = "scenarios";

  /** Decision points that rulesets will have; until then their folders stay empty. */
  private static final Set<String> LATER = Set.of("resolve", "gate", "approve", "escalate");

  private RulesetLayout() {}

  static List<Finding> findings(RulesetFiles files) {
    var findings = new ArrayList<Finding>();
    var paths = files.all().keySet();
    if (!paths.contains(RulesetManifest.FILE)) {
      findings.add(
          Finding.of(RulesetManifest.FILE, "The file is missing; every ruleset begins with it."));
    }
    for (var point : List.of(CLASSIFY, ROUTE)) {
      if (files.in(point, ".drl").isEmpty()) {
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
    return switch (folder) {
      case CLASSIFY, ROUTE -> endingIn(".drl", folder, name);
      case SCENARIOS -> endingIn(".yaml", folder, name);
      default ->
          LATER.contains(folder)
              ? "Rules for \"%s\" are not supported yet; the folder must be empty."
                  .formatted(folder)
              : "A ruleset has no folder \"%s\"; maybe you mean classify, route or scenarios."
                  .formatted(folder);
    };
  }

  private static @Nullable String endingIn(String ending, String folder, String name) {
    return name.endsWith(ending) && name.indexOf('/') < 0
        ? null
        : "In %s/ there are only *%s files, and no folders.".formatted(folder, ending);
  }
}
