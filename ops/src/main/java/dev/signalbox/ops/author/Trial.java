package dev.signalbox.ops.author;

import dev.signalbox.ops.findings.Tested;
import dev.signalbox.ops.findings.Tested.Coverage;
import dev.signalbox.ops.findings.Tested.Tried;
import dev.signalbox.ops.findings.Told;
import dev.signalbox.ops.findings.Told.Code;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.scenarios.Scenario;
import dev.signalbox.rules.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs the scenarios of a ruleset in a folder. */
public final class Trial {
  private static final double NANOS = 1e9;

  private Trial() {}

  /**
   * Runs those that are wanted; never throws for what a ruleset is.
   *
   * @param filter which; null for all, and only then it is said which rules none of them fires
   */
  public static Tested of(Path folder, @Nullable Predicate<Scenario> filter) {
    var name = folder.toString();
    try (var rulebook = Rulesets.load(folder)) {
      var all = Scenarios.all(rulebook, rulebook.files());
      var tried =
          all.stream()
              .filter(filter == null ? any -> true : filter)
              .map(scenario -> tried(folder, rulebook, scenario))
              .toList();
      var told = new ArrayList<>(failures(tried));
      if (all.isEmpty()) {
        told.add(
            Told.of(
                Code.NEVER_FIRED,
                name,
                new Finding("scenarios", 0, 0, null, "There is no scenario; add some.")));
      }
      var coverage = filter == null ? coverage(folder, rulebook, tried) : null;
      if (coverage != null) {
        told.addAll(coverage.neverFired());
      }
      return new Tested(name, rulebook.digest().hex(), tried, coverage, told);
    } catch (BadRuleset e) {
      return new Tested(
          name,
          null,
          List.of(),
          null,
          e.findings().stream().map(finding -> Told.of(Code.INVALID, name, finding)).toList());
    }
  }

  private static Tried tried(Path folder, Rulebook rulebook, Scenario scenario) {
    long from = System.nanoTime();
    var result = scenario.tried(rulebook);
    return new Tried(
        folder.resolve(result.file()).toString(),
        result.line(),
        result.name(),
        (System.nanoTime() - from) / NANOS,
        result.fired(),
        result.differences());
  }

  private static List<Told> failures(List<Tried> all) {
    return all.stream()
        .filter(tried -> !tried.passed())
        .map(tried ->
            new Told(
                Code.SCENARIO,
                tried.file(),
                tried.line(),
                0,
                null,
                "The scenario \"%s\" failed: %s"
                    .formatted(tried.name(), String.join(" ", tried.differences()))))
        .toList();
  }

  private static Coverage coverage(Path folder, Rulebook rulebook, List<Tried> all) {
    var fired = new HashSet<String>();
    all.forEach(tried -> fired.addAll(tried.fired()));
    var never =
        Scenarios.unfired(rulebook, fired).stream()
            .map(finding -> Told.of(Code.NEVER_FIRED, folder.toString(), finding))
            .toList();
    return new Coverage(rulebook.rules().size(), never);
  }
}
