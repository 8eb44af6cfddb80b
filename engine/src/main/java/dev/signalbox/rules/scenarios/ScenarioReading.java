package dev.signalbox.rules.scenarios;

import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.yaml.YamlFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Reads {@code scenarios/*.yaml}. What a scenario leaves out is that of its file, or else a small
 * young item in the reporting currency.
 */
final class ScenarioReading {
  private static final String FOLDER = "scenarios";
  private static final int SCENARIOS_MAX = 10_000;
  private static final int GIVEN_MAX = 500_000;

  private final CurrencyCode reportingCurrency;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Scenario> scenarios = new ArrayList<>();

  private ScenarioReading(CurrencyCode reportingCurrency) {
    this.reportingCurrency = reportingCurrency;
  }

  /**
   * @throws BadRuleset with everything that is wrong with the files
   */
  static List<Scenario> read(RulesetFiles files, CurrencyCode reportingCurrency) {
    var reading = new ScenarioReading(reportingCurrency);
    files.in(FOLDER, ".yaml").forEach(reading::file);
    if (!reading.findings.isEmpty()) {
      throw new BadRuleset(FOLDER, reading.findings);
    }
    return reading.scenarios;
  }

  private void file(String path, byte[] content) {
    var yaml = YamlFields.of(path, content, findings).only("description", "given", "scenarios");
    var common = yaml.object("given").only(GivenItem.FIELDS);
    var names = new HashSet<String>();
    var all = yaml.objects("scenarios");
    if (scenarios.size() + all.size() > SCENARIOS_MAX) {
      yaml.fault("scenarios", "are too many; a ruleset has at most %,d".formatted(SCENARIOS_MAX));
      return;
    }
    if ((long) common.size() * all.size() > GIVEN_MAX) {
      yaml.fault("given", "has too many values for so many scenarios; make several files");
      return;
    }
    var lines = (all.isEmpty() ? List.<Integer>of() : ScenarioLines.of(content)).iterator();
    for (var scenario : all) {
      scenario.only("name", "given", "expect");
      var name = scenario.text("name");
      if (!names.add(name)) {
        scenario.fault("name", "is that of another scenario");
      }
      var fields = scenario.object("given").only(GivenItem.FIELDS).orElse(common);
      var given = new GivenItem(fields, reportingCurrency);
      var question = given.question();
      scenarios.add(
          new Scenario(
              path,
              lines.hasNext() ? lines.next() : 1,
              name,
              question,
              given.proposal(question),
              Expectation.read(scenario.object("expect"))));
    }
    if (names.isEmpty()) {
      yaml.fault("scenarios", "has none");
    }
  }
}
