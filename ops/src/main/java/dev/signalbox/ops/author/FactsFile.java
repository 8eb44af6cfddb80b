package dev.signalbox.ops.author;

import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.scenarios.GivenFile;
import dev.signalbox.rules.yaml.YamlFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a question is about: a report as the API takes it, or what a scenario gives. */
public final class FactsFile {
  /** The field that a report must have, and a scenario cannot. */
  private static final String OF_REPORTS = "transactionDate";

  private FactsFile() {}

  /**
   * Reads it.
   *
   * @param asOf what the rules take for now; null for what a scenario says, and {@code now} for a
   *     report
   * @throws BadRuleset with everything that is wrong with it
   */
  public static GivenFile read(
      String file, byte[] content, CurrencyCode reporting, @Nullable Instant asOf, Instant now) {
    // JSON is YAML, too.
    var yaml = YamlFields.of(file, content, new ArrayList<>());
    return yaml.has(OF_REPORTS)
        ? report(file, content, asOf == null ? now : asOf)
        : GivenFile.read(file, content, reporting, asOf);
  }

  private static GivenFile report(String file, byte[] content, Instant asOf) {
    return switch (ReportReader.read(content)) {
      case ReportReading.Reported(var report) ->
          new GivenFile(new Question(report, new Detection(asOf, asOf, 0), asOf), null);
      case ReportReading.Withdrawn withdrawn ->
          throw new BadRuleset(
              file,
              List.of(
                  new Finding(file, 0, 0, null, "It withdraws an item, so nothing is decided.")));
      case ReportReading.Refused(var problems) ->
          throw new BadRuleset(
              file,
              problems.stream()
                  .map(problem -> new Finding(file, 0, 0, null, problem.detail()))
                  .toList());
    };
  }
}
