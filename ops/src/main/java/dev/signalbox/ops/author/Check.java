package dev.signalbox.ops.author;

import dev.signalbox.ops.findings.Checked;
import dev.signalbox.ops.findings.Told;
import dev.signalbox.ops.findings.Told.Code;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.review.Remark;
import dev.signalbox.rules.review.Review;
import dev.signalbox.rules.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that can be told of a ruleset without trying it. */
public final class Check {

  private Check() {}

  /** Checks the ruleset in a folder; takes seconds, and never throws for what a ruleset is. */
  public static Checked of(Path folder) {
    var told = new ArrayList<Told>();
    var files = files(folder, told);
    if (files == null) {
      return new Checked(folder.toString(), null, 0, List.of(), told);
    }
    int rules = 0;
    try (var rulebook = Rulesets.load(files)) {
      rules = rulebook.rules().size();
      scenarios(folder, rulebook, told);
      Review.of(rulebook)
          .forEach(remark ->
              told.add(Told.of(code(remark.kind()), folder.toString(), remark.finding())));
    } catch (BadRuleset e) {
      add(folder, e, told);
    }
    return new Checked(
        folder.toString(),
        files.digest().hex(),
        rules,
        files.all().keySet().stream().map(file -> folder.resolve(file).toString()).toList(),
        told);
  }

  private static Code code(Remark.Kind kind) {
    return switch (kind) {
      case CONTRADICTION -> Code.CONTRADICTION;
      case OUTRANKED -> Code.OUTRANKED;
      case AMBIGUOUS -> Code.AMBIGUOUS;
      case CUT_SHORT -> Code.CUT_SHORT;
    };
  }

  private static @Nullable RulesetFiles files(Path folder, List<Told> told) {
    try {
      return RulesetFiles.of(folder);
    } catch (BadRuleset e) {
      add(folder, e, told);
      return null;
    }
  }

  private static void scenarios(Path folder, Rulebook rulebook, List<Told> told) {
    try {
      Scenarios.all(rulebook, rulebook.files());
    } catch (BadRuleset e) {
      add(folder, e, told);
    }
  }

  private static void add(Path folder, BadRuleset bad, List<Told> told) {
    bad.findings().forEach(finding -> told.add(Told.of(Code.INVALID, folder.toString(), finding)));
  }
}
