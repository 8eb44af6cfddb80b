package dev.signalbox.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.api.builder.Message;

/** Makes rulesets ready: reads, looks for all that is wrong at once, and compiles. */
public final class Rulesets {

  private Rulesets() {}

  /**
   * Compiles the ruleset in a folder. It takes seconds the first time, and then less than one.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(Path folder) {
    return load(folder.toString(), RulesetFiles.of(folder));
  }

  /**
   * Compiles a ruleset that was archived, or otherwise read.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(RulesetFiles files) {
    return load(files.digest().hex(), files);
  }

  private static Rulebook load(String ruleset, RulesetFiles files) {
    var findings = new ArrayList<>(RulesetLayout.findings(files));
    stopAt(ruleset, findings);
    var manifest = RulesetManifest.read(files, findings);
    var reading = new DrlReading(manifest.parameters(), findings);
    var classify = point(RulesetLayout.CLASSIFY, files, reading, findings);
    var route = point(RulesetLayout.ROUTE, files, reading, findings);
    if (findings.isEmpty() && classify != null && route != null) {
      return new Rulebook(files, manifest, classify, route);
    }
    close(classify);
    close(route);
    throw new BadRuleset(ruleset, findings);
  }

  private static @Nullable DecisionPoint point(
      String name, RulesetFiles files, DrlReading reading, List<Finding> findings) {
    var sources = files.in(name, ".drl");
    var cards = reading.read(name, sources);
    if (cards == null) {
      return null;
    }
    var errors = new ArrayList<Message>();
    var compiled = CompiledPoint.of(name, sources, errors);
    if (compiled == null) {
      findings.addAll(new Diagnosis(name, sources, cards.values()).of(errors));
      return null;
    }
    return new DecisionPoint(name, compiled, cards);
  }

  private static void close(@Nullable DecisionPoint point) {
    if (point != null) {
      point.close();
    }
  }

  private static void stopAt(String ruleset, List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw new BadRuleset(ruleset, findings);
    }
  }
}
