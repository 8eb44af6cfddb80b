package dev.signalbox.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rulesets ready: reads, looks for all that is wrong at once, and compiles. */
public final class Rulesets {

  private Rulesets() {}

  /**
   * Compiles the ruleset in a folder. It takes seconds the first time, and then less than one.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(Path folder) {
    return load(folder.toString(), RulesetFiles.of(folder), true);
  }

  /**
   * Compiles a ruleset that was archived, or otherwise read.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook load(RulesetFiles files) {
    return load(files.digest().hex(), files, true);
  }

  /** For tests of the second wall and the bound: the first wall is not there. */
  static Rulebook unchecked(RulesetFiles files) {
    return load(files.digest().hex(), files, false);
  }

  private static Rulebook load(String ruleset, RulesetFiles files, boolean checked) {
    var findings = new ArrayList<>(RulesetLayout.findings(files));
    var sources = new RuleSources(files);
    stopAt(ruleset, findings);
    var manifest = RulesetManifest.read(files, findings);
    var reading = new DrlReading(manifest.parameters(), findings, checked);
    var read = new EnumMap<RuleFolder, DrlReading.Point>(RuleFolder.class);
    for (var folder : RuleFolder.values()) {
      var rules = sources.in(folder, findings);
      if (!rules.isEmpty()) {
        read.put(folder, reading.read(folder.word(), rules));
      }
    }
    stopAt(ruleset, sources.placed(findings));
    var points = new EnumMap<RuleFolder, DecisionPoint>(RuleFolder.class);
    read.forEach((folder, point) -> {
      var compiled = compiled(point, findings);
      if (compiled != null) {
        points.put(folder, compiled);
      }
    });
    if (findings.isEmpty()) {
      return new Rulebook(files, manifest, points);
    }
    points.values().forEach(DecisionPoint::close);
    throw new BadRuleset(ruleset, sources.placed(findings));
  }

  private static @Nullable DecisionPoint compiled(DrlReading.Point read, List<Finding> findings) {
    var errors = new ArrayList<String>();
    var compiled = CompiledPoint.of(read.name(), read.code(), errors);
    if (compiled == null) {
      findings.addAll(new Diagnosis(read.name(), read.code(), read.cards().values()).of(errors));
      return null;
    }
    return new DecisionPoint(read.name(), compiled, read.cards());
  }

  private static void stopAt(String ruleset, List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw new BadRuleset(ruleset, findings);
    }
  }
}
