package dev.signalbox.rulesets;

import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.kept.KeptRules;
import dev.signalbox.rules.review.Remark;
import dev.signalbox.rules.review.Remark.Kind;
import dev.signalbox.rules.review.Review;
import dev.signalbox.rules.scenarios.ScenarioReport;
import dev.signalbox.rules.scenarios.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of judging a ruleset: of its check, its compilation, its review and its scenarios.
 *
 * @param rulebook compiled; null when the ruleset is refused
 * @param findings all that is wrong; empty when it is admitted
 * @param warnings what its author may want to know, and is no reason to refuse it
 * @param scenarios how they went; null when it did not come to them
 */
record Judgement(
    @Nullable Rulebook rulebook,
    List<Finding> findings,
    List<Finding> warnings,
    @Nullable ScenarioReport scenarios) {
  private static final Logger LOG = LoggerFactory.getLogger(Judgement.class);
  private static final int FAILURES_MAX = 200;

  Judgement {
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }

  static Judgement refused(List<Finding> findings) {
    return new Judgement(null, findings, List.of(), null);
  }

  static Judgement refused(String what) {
    return refused(List.of(new Finding("ruleset.yaml", 0, 0, null, what)));
  }

  boolean isAdmitted() {
    return rulebook != null;
  }

  /** Judges; takes seconds, and never throws for what a ruleset is. */
  static Judgement of(RulesetFiles files, KeptRules kept) {
    try {
      return tried(Rulesets.load(files, kept));
    } catch (BadRuleset e) {
      return refused(e.findings());
    } catch (StackOverflowError | OutOfMemoryError e) {
      return refused("Compiling it takes more memory than there is; make its rules simpler.");
    } catch (RuntimeException | LinkageError e) {
      LOG.error("A ruleset is refused, since judging it failed.", e);
      return refused("Judging it failed: %s. The log has more.".formatted(e));
    }
  }

  private static Judgement tried(Rulebook rulebook) {
    boolean isAdmitted = false;
    try {
      var report = Scenarios.run(rulebook);
      var remarks = Review.of(rulebook);
      var findings = new ArrayList<>(told(remarks, Kind::isError));
      findings.addAll(findings(rulebook, report));
      isAdmitted = findings.isEmpty();
      return new Judgement(
          isAdmitted ? rulebook : null, findings, told(remarks, kind -> !kind.isError()), report);
    } finally {
      if (!isAdmitted) {
        rulebook.close();
      }
    }
  }

  private static List<Finding> told(List<Remark> remarks, Predicate<Kind> which) {
    return remarks.stream()
        .filter(remark -> which.test(remark.kind()))
        .map(Remark::finding)
        .toList();
  }

  private static List<Finding> findings(Rulebook rulebook, ScenarioReport report) {
    var findings = new ArrayList<Finding>();
    if (report.results().isEmpty()) {
      findings.add(new Finding("scenarios", 0, 0, null, "There is no scenario; add some."));
      return findings;
    }
    for (var failure : report.failures().stream().limit(FAILURES_MAX).toList()) {
      findings.add(
          new Finding(
              failure.file(),
              failure.line(),
              0,
              null,
              "The scenario \"%s\" failed: %s"
                  .formatted(failure.name(), String.join(" ", failure.differences()))));
    }
    findings.addAll(Scenarios.unfired(rulebook, report.fired()));
    return findings;
  }
}
